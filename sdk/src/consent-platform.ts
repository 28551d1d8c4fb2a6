import type { Platform } from './platform/platform'
import type { Consent } from './terms'
import type { Millis, Stop } from './time'

/** Between two looks at the data layer while an answer is awaited, and after a deed. */
const lookMs = 500 as Millis
/** So long a platform's answer is looked for without a deed of the shopper's: it loads, reads its cookie, and tells. */
const awaitedMs = 30_000

type Answer = Exclude<Consent, 'pending'>

export interface ConsentPlatformOptions {
  readonly platform: Pick<Platform, 'clock' | 'guard' | 'listen'>
  /** Takes each word of the page's consent platform. */
  readonly hear: (tier: Answer) => void
}

/** What a TCF platform tells its listeners (IAB Europe, TCF v2.2, CMP API: `TCData`), as far as it is read. */
interface TcData {
  readonly gdprApplies?: boolean
  readonly eventStatus?: string
  readonly listenerId?: number
  readonly purpose?: { readonly consents?: Readonly<Record<string, boolean>> }
}
type Tcf = (
  command: string,
  version: number,
  callback: (data: TcData | undefined, ok: boolean) => void,
  parameter?: unknown,
) => void

/**
 * What is done under `granted`, by TCF's purposes: 1 storing on the device, 5 a profile to personalise content (what he
 * leans to), 6 its use, 8 measuring content.
 */
const purposes = [1, 5, 6, 8]
/** By Google's consent types; one that is not spoken of counts as the first. */
const types = ['analytics_storage', 'personalization_storage'] as const

/** A dialog that is open says nothing yet. */
const tierOfTcf = ({ gdprApplies, eventStatus, purpose }: TcData): Answer | undefined => {
  if (gdprApplies === false) return 'granted'
  if (eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete') return undefined
  return purposes.every((it) => purpose?.consents?.[it] === true) ? 'granted' : 'denied'
}

const quietly = <Result>(read: () => Result): Result | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Google's consent commands in the order of the layer: defaults hold until an update says otherwise. Undefined: nothing is said yet. */
export function tierOfLayer(layer: unknown): Answer | undefined {
  if (!Array.isArray(layer)) return undefined
  const said: Record<string, unknown> = {}
  const state = { updated: false }
  for (let index = 0; index < layer.length; index++)
    quietly(() => {
      const entry = (layer as readonly (ArrayLike<unknown> | undefined)[])[index]
      if (entry?.[0] !== 'consent') return
      const [, command, given] = Array.from({ length: 3 }, (_, index) => entry[index])
      if (command === 'update') state.updated = true
      else if (command !== 'default') return
      for (const type of types) {
        const value = (given as Record<string, unknown> | undefined)?.[type]
        // Of defaults for several regions nobody here knows which holds: a no is a no.
        if (value !== undefined && (command === 'update' || said[type] !== 'denied')) said[type] = value
      }
    })
  // A no by default may still become a yes.
  if (types.some((it) => said[it] === 'denied')) return state.updated ? 'denied' : undefined
  return said[types[0]] === 'granted' ? 'granted' : undefined
}

/**
 * Follows the page's consent platform, TCF before Google's: what it tells is the tier, each time it tells. Neither its
 * functions nor the data layer are wrapped. One that throws, tells nonsense, or never tells leaves the tier as it is.
 */
export function followConsent({ platform, hear }: ConsentPlatformOptions): Stop {
  const { clock, guard, listen } = platform
  const page = window as { __tcfapi?: Tcf; dataLayer?: unknown }
  const stops: Stop[] = []
  const state: { tcf?: boolean; listener?: number | undefined; stopped?: boolean; look: Stop } = {
    look: () => {},
  }
  const tell = (tier: Answer | undefined) => {
    if (tier && !state.stopped) hear(tier)
  }
  const take = guard('consent/tcf', (data: TcData | undefined, ok: boolean) => {
    if (!ok || !data) return
    state.tcf = true
    state.listener = data.listenerId
    tell(quietly(() => tierOfTcf(data)))
  })
  quietly(() => page.__tcfapi?.('addEventListener', 2, take))

  const look = () => {
    if (!state.tcf) tell(quietly(() => tierOfLayer(page.dataLayer)))
  }
  const until = clock.now() + awaitedMs
  const lookAgain = () => {
    state.look()
    look()
    if (clock.now() < until && !state.tcf) state.look = clock.after(lookMs, lookAgain)
  }
  lookAgain()
  // An answer is given by a deed, and told soon after it.
  for (const deed of ['click', 'keyup', 'visibilitychange', 'pagehide'])
    stops.push(
      listen(document, deed, () => {
        look()
        state.look()
        state.look = clock.after(lookMs, lookAgain)
      }),
    )
  return () => {
    state.stopped = true
    state.look()
    for (const stop of stops) stop()
    const { listener } = state
    if (listener !== undefined) quietly(() => page.__tcfapi?.('removeEventListener', 2, () => {}, listener))
  }
}
