/**
 * The options of each moment, as they stand in a ruleset under `moments.<name>`: meaning, unit, default and range.
 * For editors, JSON Schema and the command line; the browser takes what it is given if it is a number ≥ 0, and says
 * on the console what it does not heed. What the numbers rest on stands in the header of each detector.
 */
import { z } from 'zod'

/** What an option counts in; `share` is 0–1. */
type Unit = 'ms' | 'px' | 'px/ms' | 'px/s' | 'share' | 'count'

interface About {
  readonly default: number
  readonly unit: Unit
  /** The least and the most that make sense. */
  readonly range: readonly [least: number, most: number]
}

const option = (description: string, { default: usual, unit, range: [least, most] }: About) =>
  (unit === 'count' ? z.int() : z.number())
    .min(least)
    .max(most)
    .optional()
    .meta({ description, default: usual, unit })

const ms = (description: string, usual: number, range: About['range'] = [0, 600_000]) =>
  option(description, { default: usual, unit: 'ms', range })
const px = (description: string, usual: number, range: About['range'] = [0, 5000]) =>
  option(description, { default: usual, unit: 'px', range })
const count = (description: string, usual: number, range: About['range'] = [1, 100]) =>
  option(description, { default: usual, unit: 'count', range })
const share = (description: string, usual: number) =>
  option(description, { default: usual, unit: 'share', range: [0, 1] })

/** Of `rage-click` and `multi-click` alike. */
const clicks = {
  presses: count('presses on one target', 4),
  withinMs: ms('span within which the presses count', 1000),
  distancePx: px('how far from the first of them each may lie', 30),
  touchDistancePx: px('touch: how far from the first of them each may lie', 44),
  responseMs: ms('an answer near the target within this answers the press', 300, [0, 5000]),
  unanswered: count('presses without an answer that make it rage', 2),
}

export const moments = {
  hesitation: z.strictObject({
    targets: z.array(z.string().min(1)).optional().meta({
      description: 'selectors of the elements that decide; without them submit buttons and the like',
    }),
    dwellMs: ms('how long the mouse rests in a decision element', 2000),
    driftPx: px('how far the mouse may drift while it rests', 10),
    visits: count('visits to one element', 3),
    visitsWithinMs: ms('span within which the visits count', 30_000),
    visitMs: ms('the shortest stay that makes a visit', 400),
    emptyMs: ms('how long a chosen field stays empty', 5000),
    stillMs: ms('touch: how long the element is in view with no touch', 6000),
    capMs: ms('the longest life of the moment once it is confirmed', 15_000),
  }),
  'back-on-checkout': z.strictObject({
    lastsMs: ms('how long after the step back the shopper is taken to be in doubt', 30_000),
  }),
  'rage-typing': z.strictObject({
    cycles: count('times that a field grew, was erased and grew again', 3),
    windowMs: ms('span within which the cycles count', 60_000),
    growth: count('characters that make a growth', 3),
    erasedShare: share('share of the longest text that must go', 0.7),
    resubmits: count('tries of one form again after errors', 2),
    resubmitMs: ms('span within which the tries count', 30_000),
    overlap: share('share of its words that makes a text the same again', 0.5),
    words: count('distinct words that a text must have', 4),
  }),
  'exit-intent': z.strictObject({
    armMs: ms('time on the page before an exit means anything', 5000),
    confirmMs: ms('time without re-entry before an exit is believed', 200),
    edgePx: px('distance from the top edge within which an upward move counts', 20),
    speedPxPerS: option('least upward speed', { default: 300, unit: 'px/s', range: [0, 20_000] }),
    flingPx: px('touch: length of the fling', 800, [0, 100_000]),
    flingPxPerMs: option('touch: speed of the fling', { default: 2, unit: 'px/ms', range: [0, 100] }),
    flingDepth: share('touch: depth of the page that the shopper had reached', 0.4),
  }),
  'rage-click': z.strictObject({
    ...clicks,
    deadPresses: count('presses on a target that is suspect of being dead', 3),
    deadWithinMs: ms('span within which those count', 2000),
    suspectMs: ms('silence of the whole page after a press that makes its target suspect', 1000),
    lastsMs: ms('how long after the last press the shopper is taken to be in it', 10_000),
  }),
  'multi-click': z.strictObject({
    ...clicks,
    lastsMs: ms('how long after the last press it goes on', 3000),
  }),
  'dead-click': z.strictObject({
    suspectMs: ms('silence after a press that makes its target suspect', 1000),
    deadMs: ms('silence that is believed without a second press', 5000),
    settleMs: ms('a press so soon after the page was shown does not count', 1000),
    lastsMs: ms('how long the shopper is taken to be puzzled', 10_000),
  }),
  'error-click': z.strictObject({
    withinMs: ms('how soon after the press the error must come', 1000),
    faults: count('errors that it takes', 1),
    noiseMs: ms('a class of error that came with no press in this span is noise', 10_000),
    lastsMs: ms('how long the shopper is taken to be in it', 10_000),
  }),
  'thrashed-cursor': z.strictObject({
    reversals: count('turns along one axis', 8),
    legPx: px('the shortest leg before and after a turn', 80),
    withinMs: ms('span within which the turns count', 2000),
    speedPxPerS: option('least speed on the whole way', { default: 800, unit: 'px/s', range: [0, 20_000] }),
    calmMs: ms('time without a turn after which it is over', 2000),
  }),
  'checkout-step-back': z.strictObject({
    lastsMs: ms('how long after the step back the shopper is taken to be looking', 30_000),
  }),
  'quick-back': z.strictObject({
    stayMs: ms('the longest visible time on the page between', 7000),
    listBacks: count('quick returns to a listing page that it takes', 2),
    listWithinMs: ms('span within which those count', 60_000),
    lastsMs: ms('how long after the return the shopper is taken to be looking', 30_000),
  }),
  'tab-return': z.strictObject({
    awayMs: ms('the shortest time away', 5000, [0, 86_400_000]),
    elsewhereMs: ms('how long before it was hidden a press may have opened something elsewhere', 10_000),
    payingMs: ms('how long after a form of the checkout was sent the shopper may be at his bank', 300_000),
    lastsMs: ms('how long after the return the shopper is taken to be finding his way', 30_000),
  }),
  'form-abandonment': z.strictObject({
    stallMs: ms('time without a change that makes it a suspect', 30_000),
    awayMs: ms('time away after which the form is given up', 1_800_000, [0, 86_400_000]),
    changes: count('changes of values that make a beginning', 1),
    lastsMs: ms('how long after it was given up the shopper may be won back', 30_000),
  }),
  'cart-hesitation': z.strictObject({
    signs: count('different signs of doubt', 2, [1, 7]),
    windowMs: ms('span within which they count', 60_000),
    idleMs: ms('how long nothing is done on the cart', 20_000),
    aways: count('times away that make a sign', 2),
    awayMs: ms('the shortest time away that counts', 1000),
    elsewhereMs: ms('how long before it was hidden a press may have opened something elsewhere', 10_000),
    lastsMs: ms('how long the shopper is taken to be in doubt', 30_000),
  }),
}
