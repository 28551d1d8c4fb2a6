import type { NudgeSpec } from '../schema/ruleset'

/** What the network may bring, bytes. */
const size = 1_000_000
const copy: NudgeSpec = { surface: 'toast', copy: { en: { title: 'x' } } }
const variants = [{ id: 'a', nudge: copy }]
const tail = ']}'

/** As many rules as fit into what is allowed, beside what else the ruleset says. */
function full(rule: (index: number) => unknown, envelope: object = {}): string {
  const head = `${JSON.stringify({ version: 1, ...envelope }).slice(0, -1)},"rules":[`
  const rules: string[] = []
  for (let left = size - head.length - tail.length, index = 0; ; index++) {
    const text = JSON.stringify(rule(index))
    left -= text.length + 1
    if (left < 0) return head + rules.join() + tail
    rules.push(text)
  }
}

const asking = (when: object) => (index: number) => ({
  id: `rule-${index}`,
  on: 'hesitation',
  when,
  variants,
})
const numbered = (when: (index: number) => object) => full((index) => asking(when(index))(index))
const of = (unit: string, length: number) => unit.repeat(Math.floor(length / unit.length))

/** A ruleset of the size that is allowed, as a shop could have it. */
export const valid = numbered((index) => ({
  'cart.total': { $gte: 40 },
  'page.type': 'checkout',
  'visitor.segment': `segment-${index}`,
}))

/** As much of the condition language as fits: the dearest that is still a ruleset. */
export const dense = JSON.stringify({
  version: 1,
  rules: [asking(Object.fromEntries(Array.from({ length: 85_000 }, (_, index) => [`a${index}`, 1])))(0)],
})

/** The same size (or more), made to do harm. Each is refused, or its rules are rejected, or it is harmless. */
export const hostile: Readonly<Record<string, string>> = {
  '5 MB': valid + of(' ', 4_000_000),
  'half of it': valid.slice(0, size / 2),
  'random bytes': of('\u0000\ufffd{"[\\]}:,', size),
  '100,000 levels': of('[', 100_000) + of(']', 100_000),
  'a million brackets': of('[', size),
  'a million quotes': of('"', size),
  'half a million empty rules': `{"version":1,"rules":[${of('0,', size - 40)}0]}`,
  'each rule without what it needs': full((index) => ({ id: `rule-${index}`, when: { 'cart.total': { $gte: 40, $lt: 100 }, 'visitor.segment': 'a segment' }, variants })),
  'prototype keys in each rule': numbered(() => ({ ['__proto__']: 1 })),
  'unknown operators in depth': numbered(() => ({ $or: [{ $or: [{ $and: [{ $nor: [{ a: { $near: 1 } }] }] }] }] })),
  'patterns that backtrack exponentially': numbered((index) => ({ 'page.path': { $regex: `^(a+)+(b|${index})*$` } })),
  'patterns that backtrack polynomially': numbered((index) => ({ 'page.path': { $regex: `a*a*a*a*a*${index}` } })),
  'one pattern of a megabyte': JSON.stringify({ version: 1, rules: [asking({ a: { $regex: of('[', size - 200) } })(0)] }),
  'one version of a megabyte': JSON.stringify({ version: 1, rules: [asking({ a: { $veq: of('+', size - 200) + '\n' } })(0)] }),
  'a large group that each rule names': full((index) => asking({ [`a${index}`]: { $inGroup: 'g' }, 'page.type': { $inGroup: 'g' } })(index), {
    groups: { g: Array.from({ length: 70_000 }, (_, index) => index) },
  }),
} // prettier-ignore
