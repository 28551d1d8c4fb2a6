import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { wait } from './wait'

export type Send = <Answer = unknown>(method: string, params?: object) => Promise<Answer>

/** A page in a browser context of its own: nothing is cached, nothing is remembered. */
export interface Page {
  /** Says something to the page by DevTools' protocol. */
  readonly send: Send
  /** Runs a function in the page and waits for what it answers. It may use its arguments and globals alone. */
  evaluate<Arguments extends readonly unknown[], Answer>(
    run: (...args: Arguments) => Answer | Promise<Answer>,
    ...args: Arguments
  ): Promise<Answer>
  close(): Promise<void>
}

export interface Browser {
  readonly version: string
  open(url: string): Promise<Page>
  close(): Promise<void>
}

const quiet = [
  '--headless=new',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-extensions',
  '--disable-sync',
  // All pages are looked at, also those that others cover.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
]

/**
 * A Chromium with no test driver between it and us. A driver listens to the page's network, and for each request
 * the browser then notes the stack that began it, for which it parses the functions on it once more: milliseconds
 * that no shopper pays, and that a script which loads parts would be charged with.
 */
export async function launchBrowser(executablePath: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'splitsecond-bench-'))
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const chromium = spawn(
    executablePath,
    [...quiet, ...asRoot, '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  )
  const gone = once(chromium, 'exit').catch(() => {})
  const { to, lost } = speak(chromium.stdio[3] as Writable, chromium.stdio[4] as Readable)
  chromium.on('error', lost).on('exit', () => lost(Error('it has ended')))
  const browser = to()
  const { product } = await browser<{ product: string }>('Browser.getVersion').catch((error: Error) => {
    rmSync(profile, { recursive: true, force: true })
    throw Error(`the browser ${executablePath} does not start: ${error.message}`)
  })
  return {
    version: product,
    open: (url) => openPage(browser, to, url),
    async close() {
      await browser('Browser.close').catch(() => {})
      await gone
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

interface Message {
  readonly id?: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/** The protocol: JSON texts over a pair of pipes, each ended by a zero byte. */
function speak(input: Writable, output: Readable) {
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>()
  const state = { lastId: 0, rest: '' }
  input.on('error', () => {})
  output.setEncoding('utf8').on('data', (text: string) => {
    const texts = (state.rest + text).split('\0')
    state.rest = texts.pop() ?? ''
    for (const one of texts) {
      const { id = 0, result, error } = JSON.parse(one) as Message
      const asked = waiting.get(id)
      waiting.delete(id)
      if (error) asked?.reject(Error(error.message))
      else asked?.resolve(result)
    }
  })
  return {
    /** Whom to speak to: a page's session, or the browser itself. */
    to:
      (sessionId?: string): Send =>
      <Answer>(method: string, params: object = {}) =>
        new Promise<Answer>((resolve, reject) => {
          const id = ++state.lastId
          waiting.set(id, { resolve: (answer) => resolve(answer as Answer), reject })
          input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
        }),
    lost(error: Error) {
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    },
  }
}

async function openPage(browser: Send, to: (sessionId: string) => Send, url: string): Promise<Page> {
  const context = await browser<{ browserContextId: string }>('Target.createBrowserContext')
  const target = { url, ...context, width: 1280, height: 720, newWindow: true }
  const { targetId } = await browser<{ targetId: string }>('Target.createTarget', target)
  const attach = { targetId, flatten: true }
  const { sessionId } = await browser<{ sessionId: string }>('Target.attachToTarget', attach)
  const send = to(sessionId)
  const page: Page = {
    send,
    async evaluate(run, ...args) {
      const { result, exceptionDetails } = await send<Evaluated>('Runtime.evaluate', {
        expression: `(${run.toString()})(...${JSON.stringify(args)})`,
        awaitPromise: true,
        returnByValue: true,
      })
      if (exceptionDetails)
        throw Error(exceptionDetails.exception?.description?.split('\n')[0] ?? exceptionDetails.text)
      return result.value as never
    },
    close: async () => void (await browser('Target.disposeBrowserContext', context)),
  }
  // Each page thinks that it is the one the shopper looks at.
  await send('Emulation.setFocusEmulationEnabled', { enabled: true })
  while (!(await page.evaluate((it) => location.href === it && document.readyState === 'complete', url)))
    await wait(20)
  return page
}

interface Evaluated {
  readonly result: { readonly value?: unknown }
  readonly exceptionDetails?: {
    readonly text: string
    readonly exception?: { readonly description?: string }
  }
}
