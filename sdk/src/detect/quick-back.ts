import type { Evidence, Signal, Stay } from '../terms'
import type { PageTime } from '../time'
import { later } from '../time'
import { near, settle, type Detector, type Step } from './detector'

/**
 * The shopper opens a page, sees at a glance that it is not what he wanted, and goes back: A → B → A.
 *
 * Evidence is a step back in the session history from B to the type of page he had come from, after ≤7 s of visible
 * time on B. On a listing page (type `list`) one look into a product and back is how people compare, so there it takes
 * two within 60 s. Silent where B had failed to load: then the page was at fault, not what it offered; and where B is
 * the cart (type `cart`): a look into it is how people see what they have.
 *
 * Over page loads the tab's way tells it, which is kept under granted consent only.
 *
 * Ends when the shopper goes anywhere else, leaves, or after 30 s.
 */
export type QuickBackOptions = {
  /** Longest visible time on B, ms. @default 7000 (ours: vendors count such returns and publish no threshold) */
  stayMs: number
  /** Quick returns to a listing page that it takes. @default 2 (comparing is normal there) */
  listBacks: number
  /** Span within which those count, ms. @default 60000 */
  listWithinMs: number
  /** How long after the return the shopper is taken to be still looking, ms. @default 30000 (as back-on-checkout) */
  lastsMs: number
}

const defaults: QuickBackOptions = { stayMs: 7000, listBacks: 2, listWithinMs: 60_000, lastsMs: 30_000 }

interface State {
  readonly since?: PageTime | undefined
}

export function quickBack(options?: Partial<QuickBackOptions>): Detector<State> {
  const o = settle(defaults, options)

  /** A page that was opened from `type`, looked at, and left for it again. */
  const glance = (stays: readonly Stay[], i: number, type: string) =>
    stays[i - 1]?.type === type && (stays[i + 1]?.type ?? type) === type && stays[i]!.visibleMs <= o.stayMs

  const navigate = ({ at, from, to, back, stays }: Signal & { kind: 'navigate' }, over: Step<State>) => {
    const left = stays.at(-1)
    if (!back || !left || left.type !== from?.type || stays.at(-2)?.type !== to.type) return over
    const { visibleMs } = left
    const list = to.type === 'list'
    const glances = stays.filter(
      (it, i) => glance(stays, i, to.type) && !it.failed && left.at - it.at <= o.listWithinMs,
    )
    const [first = left] = list ? glances : []
    const evidence: Evidence = {
      from: left.type,
      to: to.type,
      stayMs: Math.round(visibleMs),
      stayMaxMs: o.stayMs,
      ...(list
        ? {
            backs: glances.length,
            backsMin: o.listBacks,
            spanMs: Math.round(left.at - first.at),
            spanMaxMs: o.listWithinMs,
          }
        : {}),
    }
    const missed = (share: number, why: string): Step<State> => ({ ...over, ...near(share, evidence, why) })
    if (visibleMs > o.stayMs) return missed(o.stayMs / visibleMs, 'stayed')
    if (left.failed) return missed(1, 'failed')
    if (left.type === 'cart') return missed(1, 'only looked into the cart')
    if (list && glances.length < o.listBacks) return missed(glances.length / o.listBacks, 'comparing')
    return {
      state: { since: at },
      phase: 'confirmed' as const,
      onset: later(at, Math.min(0, first.at - left.at) - first.visibleMs),
      evidence,
      wakeAt: later(at, o.lastsMs),
    }
  }

  return {
    name: 'quick-back',
    options: o,
    hears: ['navigate', 'wake'],
    start: {},

    step({ since }, signal) {
      const over: Step<State> = { state: {}, ...(since === undefined ? {} : { phase: 'ended' }) }
      if (signal.kind === 'navigate') return navigate(signal, over)
      if (since === undefined || signal.at >= since + o.lastsMs) return over
      return { state: { since }, wakeAt: later(since, o.lastsMs) }
    },
  }
}
