import { bare } from './bare'
import type { Encoder } from './beacon/encoder'
import type { Decider } from './decider'
import type { Consent } from './terms'

/** Options of `start`, and in kebab-case the `data-*` attributes of the script tag. */
export interface Options {
  /** Address of the ruleset, or the ruleset itself. */
  readonly ruleset?: string | object
  /**
   * Address that takes the events; for several formats one each, in their order (separated by white space, or an array).
   * Without one nothing is sent, all else works.
   */
  readonly collector?: string | readonly string[]
  /**
   * Wire format of the collector, or the address of a module that exports one; several separated by white space. In an
   * array also encoders themselves. @default "ndjson"
   */
  readonly format?: string | Encoder | readonly (string | Encoder)[]
  /** The shop's public key at the collector; goes into the address. */
  readonly key?: string
  /** @default what the page's consent platform says; where there is none "granted", or "denied" under Global Privacy Control */
  readonly consent?: Consent
  /** Report LCP, INP and CLS (loads a part of 3 KB, idle). @default true */
  readonly vitals?: boolean
  /** The shop's own engine beside the ruleset: its address, or a function. Asked under granted consent alone. */
  readonly decider?: string | Decider
  /** How long its answer is waited for, ms: above 0, at most 1000. @default 50 */
  readonly deciderDeadline?: number | string
  /**
   * Demands a signed ruleset: `ed25519:…` or `p256:…` as `splitsecond keygen` prints it, several separated by white
   * space. What is not signed by one of them is not used.
   */
  readonly publicKey?: string
}

/**
 * Says what is wrong with the options, by the name the developer wrote (`data-consent` or `consent`), what is
 * wanted, and what was found. Nothing here stops the page; a wrong option is left out.
 */
export function checkOptions(
  given: Options,
  named: (option: keyof Options) => string,
  inline: boolean,
  complain: (fault: string) => void,
): Options {
  const options = bare(given)
  const checked = bare(options) as Record<string, unknown>
  const want = (option: keyof Options, wanted: string, ok: (value: unknown) => boolean) => {
    const value = checked[option]
    if (value === undefined || ok(value)) return
    complain(`${named(option)}: wanted ${wanted}, found ${JSON.stringify(value)}`)
    delete checked[option]
  }
  want(
    'ruleset',
    'an address or a ruleset',
    (value) => isAddress(value) || (typeof value === 'object' && value !== null),
  )
  if (!isRouted(options)) want('collector', 'an address', isAddress)
  want('consent', '"granted", "denied" or "pending"', (value) =>
    /^(granted|denied|pending)$/.test(String(value)),
  )
  // An unknown "no" must not become a "yes".
  if (options.consent && !checked['consent']) checked['consent'] = 'denied'
  if (options.ruleset === undefined && !inline)
    complain(
      `${named('ruleset')}: wanted the address of a ruleset (or an inline block #splitsecond-ruleset), found nothing`,
    )
  return checked
}

/** Anything but the default format to one address: a part of its own knows what goes where, and checks it. */
export const isRouted = ({ format = 'ndjson', collector = '' }: Options) =>
  format !== 'ndjson' || typeof collector !== 'string' || /\S\s+\S/.test(collector)

/** Addresses that the page says events go to. */
export const addressesOf = ({ collector = [] }: Options): readonly string[] =>
  [collector]
    .flat()
    .flatMap((it) => it.split(/\s+/))
    .filter(isAddress)

export const isAddress = (value: unknown): value is string => {
  try {
    return (
      typeof value === 'string' && value !== '' && /^https?:$/.test(new URL(value, location.href).protocol)
    )
  } catch {
    return false
  }
}
