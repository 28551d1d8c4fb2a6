/** What a browser takes from a ruleset without a word, and what will have no effect there. */
import type { Caps, Rule, Ruleset } from '../schema/ruleset'
import type { Path } from '../src/decide/demand'
import { pageTypes } from '../src/decide/glob'
import { allMoments, withTheirParts } from '../src/moments'
import { filterNames, parseTemplate } from '../src/template'
import { clausesOf, leavesOf, type Asked } from './clauses'
import { contradiction } from './contradiction'
import { unknownAttribute, type Knows, type Unknown } from './known-attributes'
import { nearest } from './nearest'
import type { Problem } from './problem'
import { shadows } from './shadow'

export interface WarnOptions {
  /** Epoch ms: what has expired by then. */
  readonly now: number
  /** Moments that the page raises itself. */
  readonly moments: readonly string[]
  /** Attributes that the page gives itself. */
  readonly attributes: readonly string[]
}

type Warn = (code: string, keys: Path, message: string, more?: Partial<Problem>) => void

/** Rules that are left out, and those that are parked, are not looked at. */
export function warningsOf(ruleset: Ruleset, leftOut: ReadonlySet<number>, options: WarnOptions): Problem[] {
  const warnings: Problem[] = []
  const warn: Warn = (code, keys, message, more = {}) =>
    warnings.push({ severity: 'warning', code, keys, message, ...more })
  const rules = ruleset.rules.flatMap((it, index) => {
    const rule = it as Rule
    return leftOut.has(index) || rule.enabled === false ? [] : [{ rule, keys: ['rules', index] as const }]
  })

  const moments = new Set([...allMoments, ...options.moments])
  ofEnvelope(ruleset, new Set([...moments, ...rules.map(({ rule }) => rule.on)]), options.now, warn)
  const knows = { moments, own: options.attributes }
  const answered = new Map<string, typeof rules>()
  // By priority, as a browser asks them: `sort` keeps the order of equal ones.
  for (const it of [...rules].sort((a, b) => (b.rule.priority ?? 0) - (a.rule.priority ?? 0))) {
    const { rule, keys } = it
    const higher = answered.get(rule.on) ?? []
    const first = higher.find((one) => shadows(one.rule, rule))
    if (first)
      warn('shadowed', [...keys, 'id'], `is never reached: rule ${JSON.stringify(first.rule.id)} is asked before it and answers whenever this one could`) // prettier-ignore
    answered.set(rule.on, [...higher, it])
  }
  for (const { rule, keys } of rules) {
    ofMoment(rule, keys, ruleset, moments, warn)
    ofTimes(rule, keys, ruleset, options.now, warn)
    ofShares(rule, keys, ruleset, warn)
    ofCondition(rule, keys, ruleset, knows, warn)
    ofTexts(rule, keys, knows, warn)
    ofRecommendations(rule, keys, ruleset, warn)
  }
  return warnings
}

const time = (date: string | undefined, otherwise: number) =>
  date === undefined ? otherwise : Date.parse(date)

/** The caps among limits that are 0. */
const closed = (limits: Caps): Path[] => [
  ...Object.entries(limits).flatMap(([key, most]) =>
    most === 0 && /^(per[A-Z]|lifetime)/.test(key) ? [[key]] : [],
  ),
  ...(limits.windows ?? []).flatMap(({ most }, index) => (most === 0 ? [['windows', index, 'most']] : [])),
]

function ofEnvelope(ruleset: Ruleset, moments: ReadonlySet<string>, now: number, warn: Warn) {
  const { limits = {}, holdout, expiresAt } = ruleset
  if ((ruleset as { enabled?: unknown }).enabled === false)
    warn('parked', ['enabled'], 'no rule can show: the ruleset is switched off')
  if (time(expiresAt, Infinity) <= now)
    warn('expired', ['expiresAt'], 'no rule can show any more: the ruleset has expired')
  if (holdout?.percent === 100)
    warn('nobody', ['holdout', 'percent'], 'nobody sees any nudge: all visitors are held out')
  for (const cap of closed(limits)) warn('nobody', ['limits', ...cap], 'no rule can show: the limit is 0')
  for (const [name, group] of Object.entries(limits.groups ?? {}))
    for (const cap of closed(group)) warn('nobody', ['limits', 'groups', name, ...cap], `no rule of the group ${JSON.stringify(name)} can show: the limit is 0`) // prettier-ignore
  for (const [cost, group] of Object.entries(limits.costs ?? {}))
    for (const cap of closed(group)) warn('nobody', ['limits', 'costs', cost, ...cap], `nothing that costs ${cost} or more can show: the limit is 0`) // prettier-ignore
  const products = Object.keys(ruleset.products ?? {})
  for (const [of, ids] of Object.entries(ruleset.complements ?? {}))
    ids.forEach((id, index) => {
      if (!products.includes(id)) warn('unknown-product', ['complements', of, index], `products has no ${JSON.stringify(id)}: it is never recommended`, { suggestion: nearest(id, products) }) // prettier-ignore
    })
  const { observe } = ruleset
  if (Array.isArray(observe))
    observe.forEach((name, index) => {
      if (!moments.has(name)) warn('unknown-moment', ['observe', index], `no detector is called ${JSON.stringify(name)}`, { suggestion: nearest(name, moments) }) // prettier-ignore
    })
}

function ofMoment({ on }: Rule, keys: Path, { observe }: Ruleset, moments: ReadonlySet<string>, warn: Warn) {
  if (!moments.has(on))
    warn('unknown-moment', [...keys, 'on'], `no detector is called ${JSON.stringify(on)}: it comes only if the page raises it (splitsecond.moment)`, { suggestion: nearest(on, moments) }) // prettier-ignore
  else if (Array.isArray(observe) && allMoments.includes(on) && !withTheirParts(observe).includes(on))
    warn(
      'unobserved',
      [...keys, 'on'],
      `nobody watches for it: "observe" is a list without ${JSON.stringify(on)}`,
    )
}

function ofTimes({ startsAt, expiresAt }: Rule, keys: Path, ruleset: Ruleset, now: number, warn: Warn) {
  const starts = time(startsAt, -Infinity)
  if (time(expiresAt, Infinity) <= now)
    warn('expired', [...keys, 'expiresAt'], 'can show no more: it has expired')
  else if (time(expiresAt, Infinity) <= starts)
    warn('expired', [...keys, 'expiresAt'], 'can never show: it expires before it starts')
  else if (time(ruleset.expiresAt, Infinity) <= starts)
    warn('expired', [...keys, 'startsAt'], 'can never show: the ruleset expires before it starts')
}

function ofShares(rule: Rule, keys: Path, ruleset: Ruleset, warn: Warn) {
  const { holdout, limits = {} } = rule
  if (holdout === 100) warn('nobody', [...keys, 'holdout'], 'nobody sees it: all visitors are held out')
  for (const cap of closed(limits))
    warn('nobody', [...keys, 'limits', ...cap], 'can never show: the limit is 0')
  walk(rule, keys, (it, at) => {
    const { id, weight } = it as { id?: unknown; weight?: unknown }
    if (weight === 0) warn('nobody', [...at, 'weight'], `nobody gets the variant ${JSON.stringify(id)}: its weight is 0`) // prettier-ignore
  })
  const groups = Object.keys(ruleset.limits?.groups ?? {})
  if (limits.group !== undefined && !groups.includes(limits.group))
    warn('unknown-group', [...keys, 'limits', 'group'], `limits.groups has no caps for ${JSON.stringify(limits.group)}: it limits nothing`, { suggestion: nearest(limits.group, groups) }) // prettier-ignore
}

/** Page types that a page may say itself without a glob. */
const usualTypes = ['home', 'list', 'product', 'pricing', 'cart', 'checkout', 'order-complete', 'support', 'quote', 'account', 'other'] // prettier-ignore
const deviceClasses = ['desktop', 'tablet', 'mobile']

function ofCondition(rule: Rule, keys: Path, ruleset: Ruleset, knows: Knows, warn: Warn) {
  const groups = ruleset.groups ?? {}
  const clauses = clausesOf(rule.when ?? {}, [...keys, 'when'])
  const never = contradiction(clauses, groups)
  if (never) warn('contradictory', never.keys, `can never hold: ${never.why}`)
  const types = [...usualTypes, ...pageTypes(ruleset.pages)]
  const asked = leavesOf(clauses)
  const named = new Map(asked.map(({ attribute, at }) => [JSON.stringify(at), { attribute, at }]))
  for (const { attribute, at } of named.values()) {
    const unknown = unknownAttribute(attribute, rule.on, knows)
    if (unknown) warn('unknown-attribute', at, unknown.why, { part: 'key', suggestion: unknown.suggestion })
  }
  for (const clause of asked) {
    const { attribute } = clause
    const values = attribute === 'page.type' ? types : attribute === 'device.class' ? deviceClasses : []
    for (const { text, at } of values.length > 0 ? textsOf(clause) : [])
      if (!values.includes(text))
        warn('unknown-value', at, `no ${attribute} is called ${JSON.stringify(text)}${attribute === 'page.type' ? ', unless a page says so itself (splitsecond.page)' : ''}`, { suggestion: nearest(text, values) }) // prettier-ignore
    if (/^\$(inGroup|notInGroup)$/.test(clause.operator) && !Object.hasOwn(groups, clause.operand as string))
      if (clause.operator === '$notInGroup' || never?.keys !== clause.keys)
        warn('unknown-group', clause.keys, `there is no group ${JSON.stringify(clause.operand)}: nothing is in it`, { suggestion: nearest(clause.operand as string, Object.keys(groups)) }) // prettier-ignore
  }
}

/** The texts that a clause compares with. */
function textsOf({ operator, operand, keys }: Asked): { text: string; at: Path }[] {
  if (/^(is|\$eq|\$ne)$/.test(operator))
    return typeof operand === 'string' ? [{ text: operand, at: keys }] : []
  if (!/^\$n?in$/.test(operator)) return []
  return (operand as unknown[]).flatMap((text, index) =>
    typeof text === 'string' ? [{ text, at: [...keys, index] }] : [],
  )
}

/** `{{cart.items.0.name|fallback}}` in the nudges' texts. */
function ofTexts({ when: _when, ...rule }: Rule, keys: Path, knows: Knows, warn: Warn) {
  walk(rule, keys, (text, at) => {
    if (typeof text !== 'string') return
    for (const part of parseTemplate(text)) {
      if (typeof part === 'string') continue
      const { path, fallback } = part
      const filter = part.filter === undefined && /^\s*\w{5,}\s*$/.test(fallback ?? '') && nearest(fallback!.trim(), filterNames) // prettier-ignore
      if (filter)
        warn('unknown-filter', at, `{{${path}|${fallback}}}: no filter is called so, it is text for where the value is missing`, { suggestion: filter }) // prettier-ignore
      const unknown: Unknown | undefined = path.startsWith('moment.')
        ? { why: 'texts cannot read the evidence of a moment' }
        : unknownAttribute(path, rule.on, knows)
      const held = fallback === undefined ? '; without a fallback the nudge is held back' : ''
      if (unknown) warn('unknown-attribute', at, `{{${path}}}: ${unknown.why}${held}`, { suggestion: unknown.suggestion }) // prettier-ignore
    }
  })
}

/** A nudge that recommends holds where nothing goes with anything. */
function ofRecommendations(rule: Rule, keys: Path, { products = {}, complements = {} }: Ruleset, warn: Warn) {
  const some = Object.values(complements).some((ids) => ids.some((id) => Object.hasOwn(products, id)))
  walk(rule.ladder ?? rule.variants, [...keys, rule.ladder ? 'ladder' : 'variants'], (it, at) => {
    if (typeof it === 'object' && 'surface' in it && 'recommend' in it && !some)
      warn('nothing-to-recommend', [...at, 'recommend'], 'can never show: complements has no product for anything') // prettier-ignore
  })
}

/** Every value inside a value, itself first. */
function walk(value: unknown, keys: Path, visit: (value: object | string, keys: Path) => void) {
  if (typeof value === 'string') visit(value, keys)
  if (!(value instanceof Object)) return
  visit(value, keys)
  for (const [key, inner] of Object.entries(value))
    walk(inner, [...keys, Array.isArray(value) ? Number(key) : key], visit)
}
