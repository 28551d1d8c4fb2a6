import { promisifyRequest } from 'idb-keyval'
import type { Platform, Send } from '../platform/platform'

/** Longest ruleset that is taken from the network, bytes. */
export const maxBytes = 1_000_000
/** Deepest nesting: a real ruleset has about ten levels. */
const maxLevels = 32
const timeoutMs = 10_000

interface Kept {
  readonly etag: string | null
  readonly raw: unknown
}

export interface RulesetCacheOptions {
  readonly platform: Platform
  readonly send: Send
  readonly url: string
  /** Consent allows to keep it. */
  readonly mayKeep: () => boolean
  /** Takes a ruleset; answers false when it is refused or older than the one in use. */
  readonly use: (raw: unknown) => boolean
  /** One clear line: the place, the wanted, the found. */
  readonly onFault: (line: string) => void
}

/**
 * The ruleset's life on the device: the kept copy arms the page at once, the network refreshes it behind the
 * shopper's back (stale-while-revalidate), and a network that fails changes nothing (stale-if-error).
 */
export function createRulesetCache({ platform, send, url, mayKeep, use, onFault }: RulesetCacheOptions) {
  const { store } = platform
  // Against the base, as `fetch` does: a relative address names another ruleset in another folder.
  const { href, origin } = new URL(url, document.baseURI)
  const key = `ruleset:${href}`
  const state: { etag: string | null } = { etag: null }

  const kept = async () => {
    // A database that fails, or a copy refused by now, must not keep the network's copy from arming the page.
    try {
      const found =
        mayKeep() &&
        (await store.use('readonly', (records) => promisifyRequest<Kept | undefined>(records.get(key))))
      if (found && use(found.raw)) state.etag = found.etag
    } catch {}
  }

  /** @returns resolves when the answer is in use, or known to be unchanged or unusable */
  const refresh = async () => {
    try {
      // On another origin an own header would cost a preflight; the browser's cache then asks by itself.
      const conditional = origin === location.origin && state.etag ? { 'if-none-match': state.etag } : {}
      const answer = await send(url, { headers: conditional, cache: 'no-cache', timeoutMs, maxBytes })
      if (answer.status === 304) return
      if (answer.status !== 200) throw Error(`wanted an answer 200, found ${answer.status}`)
      const raw = parse(answer.text)
      const etag = answer.header('etag')
      if (!use(raw)) return
      state.etag = etag
      const keep: Kept = { etag, raw }
      if (mayKeep()) await store.use('readwrite', (records) => records.put(keep, key)).catch(() => {})
    } catch (error) {
      onFault(`ruleset ${url}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  return {
    /** The kept copy first, then the network. Resolves when both have had their say. */
    async load() {
      await kept()
      await refresh()
    },
    refresh,
  }
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
