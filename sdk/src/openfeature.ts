import type { Client } from '@openfeature/web-sdk'
import type { Flags } from './decide/flags'

/** What is asked of a client of `@openfeature/web-sdk`, of whichever version. */
export type FlagClient = Pick<
  Client,
  'getBooleanDetails' | 'getStringDetails' | 'getNumberDetails' | 'getObjectDetails'
>
export type FlagType = 'boolean' | 'string' | 'number' | 'object'

type Ask = (
  client: FlagClient,
  key: string,
  fallback: never,
) => { value: unknown; errorCode?: string; errorMessage?: string }

/** How each type is asked for, and two defaults: an answer that is now the one and now the other is no answer. */
const types: Readonly<Record<FlagType, readonly [Ask, unknown, unknown]>> = {
  boolean: [(client, key, fallback) => client.getBooleanDetails(key, fallback), false, true],
  string: [(client, key, fallback) => client.getStringDetails(key, fallback), '', 'none'],
  number: [(client, key, fallback) => client.getNumberDetails(key, fallback), 0, 1],
  object: [(client, key, fallback) => client.getObjectDetails(key, fallback), {}, { none: true }],
}

/** Not there, or not there yet: no fault of anybody's. */
const absent = /^(FLAG_NOT_FOUND|PROVIDER_NOT_READY)$/

const alike = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * The flags of the shop's OpenFeature provider, for `splitsecond.set({ flags: flagsFrom(client) })`. A flag is
 * evaluated from the provider's cache when a rule asks for it, at the decision.
 *
 * OpenFeature is asked by type, and the types of flags are not known here: they are tried in turn until the provider
 * takes one. `known` names types that are known, which saves that, and is needed with a provider that takes them all.
 * @throws what the provider reports but for "no such flag" and "not ready": the rule then misses its attribute
 */
export const flagsFrom =
  (client: FlagClient, known: Readonly<Record<string, FlagType>> = {}): Flags =>
  (key) => {
    const wanted = Object.hasOwn(known, key) ? [known[key]!] : (Object.keys(types) as FlagType[])
    for (const type of wanted) {
      const [ask, one, other] = types[type]
      const { value, errorCode, errorMessage } = ask(client, key, one as never)
      if (errorCode === 'TYPE_MISMATCH') continue
      if (absent.test(errorCode ?? '')) return undefined
      if (errorCode) throw Error(`${errorCode} ${errorMessage ?? ''}`.trim())
      // A flag that is switched off answers with the default, and that would be ours.
      return alike(value, one) && alike(ask(client, key, other as never).value, other) ? undefined : value
    }
    return undefined
  }
