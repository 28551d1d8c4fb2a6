/** The attributes that conditions and texts can read without the page doing anything for it. */
import { nearest } from './nearest'

/** What is known below each root; `undefined`: the shop names what is there (traits, scores, flags). */
const known: Readonly<Record<string, readonly string[] | undefined>> = {
  page: ['type', 'path'],
  cart: ['items', 'total', 'currency', 'count'],
  visitor: ['visits', 'daysSinceLastVisit', 'affinity', 'lastPurchase'],
  device: ['class', 'touch'],
  utm: ['source', 'medium', 'campaign', 'term', 'content', 'id'],
  locale: [],
  account: undefined,
  score: undefined,
  flags: undefined,
}

/** What each moment has found: the names of its evidence, as docs/moments.md lists them. */
export const evidence: Readonly<Record<string, string>> = {
  hesitation:
    'awayAndBackMs driftMaxPx driftPx dwellMinMs dwellMs emptyMinMs emptyMs spanMaxMs spanMs stillMinMs stillMs visitMinMs visits visitsMin',
  'back-on-checkout': 'from loaded to',
  'checkout-step-back': 'from loaded to',
  'rage-typing': 'cycles cyclesMin overlap overlapMin resubmits resubmitsMin spanMs windowMs words wordsMin',
  'exit-intent': 'onPageMinMs onPageMs outsideMinMs outsideMs speedPxPerS',
  'rage-click':
    'distanceMaxPx distancePx presses pressesMin responseMaxMs silentMinMs silentMs spanMaxMs spanMs unanswered unansweredMin',
  'multi-click':
    'distanceMaxPx distancePx presses pressesMin responseMaxMs spanMaxMs spanMs unanswered unansweredMin',
  'dead-click': 'deadMinMs presses silentMs suspectMinMs',
  'error-click': 'afterMaxMs afterMs error faults faultsMin',
  'thrashed-cursor': 'legMinPx reversals reversalsMin spanMaxMs spanMs speedMinPxPerS speedPxPerS',
  'quick-back': 'backs backsMin from spanMaxMs spanMs stayMaxMs stayMs to',
  'form-abandonment': 'by changes changesMin fields hiddenMinMs hiddenMs stalledMinMs stalledMs',
  'cart-hesitation':
    'cameBack flipFlop hesitated idle lookedUp readded signs signsMin spanMs wentAway windowMs',
  'tab-return': 'hiddenMinMs hiddenMs',
}

export interface Knows {
  /** All moments that there are. */
  readonly moments: ReadonlySet<string>
  /** Attributes that the page gives itself (`--attributes`). */
  readonly own: readonly string[]
}

interface Unknown {
  readonly why: string
  readonly suggestion?: string | undefined
}

/** Why nobody may ever give this attribute, or `undefined`. `on` is the moment whose evidence is read. */
export function unknownAttribute(path: string, on: string, { moments, own }: Knows): Unknown | undefined {
  const [root = '', child, ...rest] = path.split('.')
  if (own.some((it) => path === it || path.startsWith(`${it}.`))) return undefined
  const below = (children: readonly string[]) => {
    const near = child === undefined ? undefined : nearest(child, children)
    return near === undefined ? undefined : [root, near, ...rest].join('.')
  }
  if (root === 'session')
    return child === undefined || moments.has(child)
      ? undefined
      : {
          why: `no moment is called ${JSON.stringify(child)}: it counts 0 for ever`,
          suggestion: below([...moments]),
        }
  if (root === 'moment') {
    const found = Object.hasOwn(evidence, on) ? evidence[on]!.split(' ') : undefined
    if (!found || child === undefined || found.includes(child)) return undefined
    return { why: `${on} has no such evidence (${found.join(', ')})`, suggestion: below(found) }
  }
  if (!Object.hasOwn(known, root)) {
    const near = nearest(root, [...Object.keys(known), 'session', 'moment'])
    return {
      why: 'no attribute of ours: it is there only if the page gives it (splitsecond.set)',
      suggestion: near && path.replace(root, near),
    }
  }
  const children = known[root]
  if (!children || child === undefined || children.includes(child)) return undefined
  const suggestion = below(children)
  // The shop may give more of its cart, its pages and its visitors, but hardly under nearly the same name.
  if (suggestion === undefined && !/^(device|locale)$/.test(root)) return undefined
  return { why: 'no attribute of ours: it is there only if the page gives it', suggestion }
}
