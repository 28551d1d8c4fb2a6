import type { Deed, Deeds } from './deeds'
import type { LayoutName } from './layouts'

/**
 * A shopper's short story with its verdict: on which device, on which page of the lab shop, what he does, and which
 * moments that is - or that it is none, which is the usual case:
 *
 *     desktop('a quantity stepper is pressed six times', 'product', times(6, press('#plus'), wait(180)))
 *     desktop('the mouse rests on the price', 'product', move('#price'), wait(2200)).expects('hesitation')
 *
 * A scenario is told in terms of input. It is played twice: purely, where `simulate` makes of it the signals that
 * capture would make and the real runner gives them to all detectors; and, where it says `inBrowser`, with the real
 * script in a real page under a real mouse. The verdict must be the same.
 */
export interface Scenario {
  readonly title: string
  readonly device: Device
  readonly layout: LayoutName
  readonly deeds: readonly Deed[]
  /** The moments that are confirmed; no others are. */
  readonly expected: readonly string[]
  /** The moments that are suspected at least; not looked at when absent. */
  readonly suspected?: readonly string[]
  /** How long each moment lasts until its end is told, ms; within 12 %. */
  readonly lasts: Readonly<Record<string, number>>
  /** How often a moment is confirmed, where that is more than once. */
  readonly counts: Readonly<Record<string, number>>
  /** Played in a real browser, too. */
  readonly real: boolean
}

export type Device = 'desktop' | 'touch'

export interface Story extends Scenario {
  /** Confirmed: these, and no others. */
  expects(...moments: readonly string[]): Story
  /** Suspected at least once: these, and no others. */
  suspects(...moments: readonly string[]): Story
  lasting(moment: string, ms: number): Story
  /** Confirmed so often. */
  counting(moment: string, count: number): Story
  inBrowser(): Story
}

const tell = (told: Scenario): Story => ({
  ...told,
  expects: (...expected) => tell({ ...told, expected }),
  suspects: (...suspected) => tell({ ...told, suspected }),
  lasting: (moment, ms) => tell({ ...told, lasts: { ...told.lasts, [moment]: ms } }),
  counting: (moment, count) => tell({ ...told, counts: { ...told.counts, [moment]: count } }),
  inBrowser: () => tell({ ...told, real: true }),
})

const flat = (deeds: Deeds): Deed[] => deeds.flatMap((deed) => ('do' in deed ? [deed] : flat(deed)))

const on =
  (device: Device) =>
  (title: string, layout: LayoutName, ...deeds: Deeds): Story =>
    tell({ title, device, layout, deeds: flat(deeds), expected: [], lasts: {}, counts: {}, real: false })

export const desktop = on('desktop')
export const touch = on('touch')
