import { bare } from './bare'
import { replay } from './calls'
import type { Handle } from './handle'
import type { Options } from './options'
import type { Part } from './parts/kit'
import { start } from './start'

interface Stub extends Partial<Handle> {
  q?: { push(entry: unknown): void }
}

/**
 * The script tag, the only file that acts when imported: reads its own attributes, replays what the page called
 * before it was there, and makes the global the handle.
 */
function arm(script: HTMLScriptElement) {
  const written: Readonly<Record<string, string | undefined>> = bare(script.dataset)
  const { vitals } = written
  // Attributes that are no option are left unread.
  const options = bare({ ...written, vitals: vitals && vitals !== 'false' }) as Options
  const page = window as unknown as { splitsecond?: Stub }
  const stub = (page.splitsecond ??= {})
  if (stub.stop) return console.error('splitsecond: the script is on this page twice')

  const early = Array.isArray(stub.q) ? (stub.q as unknown[]) : []
  const handle = start(options, {
    early,
    named: (option) => `data-${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    // From beside this script, wherever that is; the shop's policy for it then holds for its parts too.
    load: (part) =>
      import(new URL(`splitsecond-${part}.js`, script.src || document.baseURI).href) as Promise<Part>,
  })
  Object.assign(stub, handle, {
    q: { push: (entry: unknown) => replay(handle, entry, (line) => console.error(`splitsecond: ${line}`)) },
    stop() {
      handle.stop()
      delete page.splitsecond
    },
  })
}

/** Where what it stands on is broken: one line, and the page goes on. */
function armSafely(script: HTMLScriptElement) {
  try {
    arm(script)
  } catch (error) {
    console.error(`splitsecond: could not start (${String(error)})`)
  }
}

const { currentScript } = document
if (currentScript instanceof HTMLScriptElement) {
  const prerendering = (document as Document & { prerendering?: boolean }).prerendering
  if (prerendering) {
    document.addEventListener('prerenderingchange', () => armSafely(currentScript), { once: true })
    // The one thing that may be done ahead: the ruleset is then in the browser's cache.
    const { ruleset } = currentScript.dataset
    if (ruleset) fetch(ruleset, { referrerPolicy: 'strict-origin' }).catch(() => {})
  } else armSafely(currentScript)
}
