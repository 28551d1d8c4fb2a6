/** What conditions and texts can read, and what nobody gives. */
import { attributes } from '../schema/attributes'
import { nearest } from './nearest'

/** What is known below each root; nothing where the shop names what is there (accounts, scores, flags). */
const known = new Map<string, string[]>()
for (const path of Object.keys(attributes)) {
  const [root, child] = path.split('.') as [string, string?]
  known.set(root, [...(known.get(root) ?? []), ...(child === undefined ? [] : [child])])
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

export interface Unknown {
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
  if (!known.has(root)) {
    const near = nearest(root, [...known.keys(), 'session', 'moment'])
    return {
      why: 'no attribute of ours: it is there only if the page gives it (splitsecond.set)',
      suggestion: near && path.replace(root, near),
    }
  }
  const children = known.get(root)!
  if (child === undefined || children.length === 0 || children.includes(child)) return undefined
  const suggestion = below(children)
  // The shop may give more of its cart, its pages and its visitors, but hardly under nearly the same name.
  if (suggestion === undefined && root !== 'device') return undefined
  return { why: 'no attribute of ours: it is there only if the page gives it', suggestion }
}
