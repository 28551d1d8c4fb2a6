import { promisifyRequest } from 'idb-keyval'
import type { Platform, Send } from '../platform/platform'
import type { Verify } from './verifier'

/** Longest ruleset that is taken from the network, bytes. */
export const maxBytes = 1_000_000
/** Longest signature file: room for a hundred. */
const maxSignatureBytes = 10_000
/** Deepest nesting: a real ruleset has about ten levels. */
const maxLevels = 32
const timeoutMs = 10_000

interface Kept {
  readonly version: number
  readonly etag: string | null
  /** As it came: with the signature, it can be verified again. */
  readonly bytes: ArrayBuffer
  readonly signature: string | undefined
  /** When the server last said that this is the ruleset, epoch ms. */
  readonly confirmedAt: number
  /** Something since was not as signed: it arms no page, and still tells which version is the oldest to take. */
  readonly barred?: true
}

export interface RulesetCacheOptions {
  readonly platform: Platform
  readonly send: Send
  readonly url: string
  /** Without it, no signature is asked for. */
  readonly verify?: Verify | undefined
  /** Consent allows to keep it. */
  readonly mayKeep: () => boolean
  /**
   * Takes a ruleset. Answers above 0: it is in use now; 0: it is the version in use; below 0: it is older. Throws
   * where it is none.
   */
  readonly use: (raw: unknown, confirmedAt: number) => number
  /** What is in use is still the ruleset. */
  readonly confirm: (at: number) => void
  /** One clear line: the place, the wanted, the found. */
  readonly onFault: (line: string) => void
  /** Where signatures are asked for: what came is not to be trusted, nor is what is in use. */
  readonly onTampered: (line: string) => void
}

/**
 * The ruleset's life on the device: the kept copy arms the page at once, the network refreshes it behind the
 * shopper's back (stale-while-revalidate), and a network that fails changes nothing (stale-if-error). With a public
 * key whatever comes is verified before it is read, the kept copy too; and a version never goes back.
 */
export function createRulesetCache(options: RulesetCacheOptions) {
  const { platform, send, url, verify, mayKeep, use, confirm, onFault, onTampered } = options
  const { clock, store } = platform
  // Against the base, as `fetch` does: a relative address names another ruleset in another folder.
  const { href, origin } = new URL(url, document.baseURI)
  const key = `ruleset:${href}`
  /** `newest`: the highest version that was verified, on this page or by the kept copy. */
  const state = { etag: null as string | null, newest: -1 }

  const lineOf = (error: unknown) => `${url}: ${error instanceof Error ? error.message : String(error)}`
  /** Changes what is kept, in one transaction: another tab may have written since. */
  const change = async (next: (kept?: Kept) => Kept | undefined) => {
    if (!mayKeep()) return
    await store
      .use('readwrite', async (records) => {
        const changed = next(await promisifyRequest<Kept | undefined>(records.get(key)))
        if (changed) records.put(changed, key)
      })
      .catch(() => {})
  }

  /** A ruleset is read only once it is known to be the shop's. */
  const take = async ({ bytes, signature, confirmedAt, barred }: Omit<Kept, 'version' | 'etag'>) => {
    await verify?.(bytes, signature)
    const raw = parse(new TextDecoder().decode(bytes))
    const { version = NaN } = (raw ?? {}) as { version?: number }
    if (verify && version < state.newest)
      throw Error(`wanted version ${state.newest} or newer, found ${version}`)
    const newer = barred ? -1 : use(raw, confirmedAt)
    state.newest = Math.max(state.newest, version)
    return { version, newer }
  }

  /** Resolves when the kept copy is in use, or known to be of no use. */
  const kept = async () => {
    // A database that fails must not keep the network's copy from arming the page.
    const found =
      mayKeep() &&
      (await store
        .use('readonly', (records) => promisifyRequest<Kept | undefined>(records.get(key)))
        .catch(() => undefined))
    // What was kept before signatures were asked for is as none.
    if (!found || !found.bytes || (verify && !found.signature)) return
    try {
      const { version, newer } = await take(found)
      if (version !== found.version) throw Error(`wanted version ${found.version} as kept, found ${version}`)
      if (newer >= 0) state.etag = found.etag
    } catch (error) {
      // A copy refused by now is as none; one that is not as signed was tampered with.
      if (!verify) return
      onTampered(lineOf(error))
      await store.use('readwrite', (records) => records.delete(key)).catch(() => {})
    }
  }

  /** From the answer's header, else from the file beside the ruleset. */
  const signatureOf = async (inHeader: string | null) => {
    if (inHeader !== null) return inHeader
    const beside = new URL(href)
    beside.pathname += '.sig'
    const answer = await send(beside.href, { cache: 'no-cache', timeoutMs, maxBytes: maxSignatureBytes })
    if (answer.status >= 500) throw Error(`wanted an answer 200 for its signature, found ${answer.status}`)
    return answer.status === 200 ? answer.text : undefined
  }

  /** @returns resolves when the answer is in use, or known to be unchanged or unusable */
  const refresh = async () => {
    let came = false
    try {
      // On another origin an own header would cost a preflight; the browser's cache then asks by itself.
      const conditional = origin === location.origin && state.etag ? { 'if-none-match': state.etag } : {}
      const answer = await send(url, { headers: conditional, cache: 'no-cache', timeoutMs, maxBytes })
      const confirmedAt = clock.toEpoch(clock.now())
      if (answer.status === 304) {
        confirm(confirmedAt)
        return await change((found) =>
          found?.version === state.newest ? { ...found, confirmedAt } : undefined,
        )
      }
      if (answer.status !== 200) throw Error(`wanted an answer 200, found ${answer.status}`)
      const { bytes } = answer
      const signature = verify && (await signatureOf(answer.header('splitsecond-signature')))
      came = true
      const { version, newer } = await take({ bytes, signature, confirmedAt })
      if (newer < 0) return
      const etag = (state.etag = answer.header('etag'))
      await change((found) =>
        found && found.version > version ? undefined : { version, etag, bytes, signature, confirmedAt },
      )
    } catch (error) {
      // A network that fails changes nothing. What came and is not as signed ends all trust, until something does.
      if (!verify || !came) return onFault(lineOf(error))
      state.etag = null
      onTampered(lineOf(error))
      await change((found) => found && { ...found, barred: true })
    }
  }

  return { kept, refresh }
}

export type RulesetCache = ReturnType<typeof createRulesetCache>

/** JSON, but not before it is known to be shallow enough to be worth parsing. */
export function parse(text: string): unknown {
  let level = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 34) quoted = !quoted
    else if (quoted) i += code === 92 ? 1 : 0
    else if (code === 91 || code === 123) {
      if (++level > maxLevels) throw Error(`wanted at most ${maxLevels} levels, found more`)
    } else if (code === 93 || code === 125) level--
  }
  try {
    return JSON.parse(text)
  } catch {
    throw Error(`wanted JSON, found ${JSON.stringify(text.slice(0, 40))}`)
  }
}
