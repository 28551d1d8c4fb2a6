/**
 * Is this a ruleset? Asked in the browser when one is loaded. The schema (`sdk/schema/ruleset.ts`) is the
 * definition; this gives the same verdict and the same first place in a twentieth of its bytes, and a
 * differential test holds the two together. It is written like the schema: read them side by side.
 */
import type { Rule } from '../../schema/ruleset'
import { all, like, list, number, oneOf, record, shape, some } from './checks'
import { theme } from './check-look'
import { name, nudge, products, whole } from './check-nudge'
import { checkCondition, checkDepth } from './condition'
import { aFlag, aList, aText, demand, is, type Check } from './demand'

/** With Z or an offset: without, a sale would begin at another instant in each time zone. */
export const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
/** One that begins otherwise could match no address. */
export const GLOB = /^[/*?#]/
/** `09:00-18:00`; 24:00 is the end of the day. */
export const HOURS = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** A figure as a key. */
export const COST = /^\d+(\.\d+)?$/
/** A megabyte holds hundreds of thousands of empty rules; to refuse each of them takes seconds. */
export const MAX_RULES = 10_000
/** Of what is asked for each rule (windows, costs) or each step (the steps before it): more would multiply. */
export const MAX_PARTS = 20

export function isTimeZone(name: unknown) {
  try {
    return typeof name === 'string' && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

// ── the words ───────────────────────────────────────────────────────────────────────────────────────

const percent = number('0 to 100', 0, 100)
const date = is(
  'a date and time with Z or an offset',
  (value) => typeof value === 'string' && DATE.test(value) && Date.parse(value) >= 0,
)
const caps = {
  perSession: whole,
  perDay: whole,
  perVisitor: whole,
  lifetime: whole,
  windows: list(shape({ most: whole, ms: whole }), MAX_PARTS),
}
const scopeCaps = shape({}, caps)
const cost = number('a number ≥ 0', 0, Infinity)
const share = number('0 to 1', 0, 1)

const isTexts = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === 'string')
const isOption = (value: unknown) =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)

const variants = all(
  list(shape({ id: name, nudge }, { weight: number('a number ≥ 0', 0, Infinity) })),
  is(
    'different ids, and a weight above 0',
    (all: { id: string; weight?: number }[]) =>
      all.some(({ weight }) => weight !== 0) && new Set(all.map(({ id }) => id)).size === all.length,
  ),
)

const ladder = shape(
  {
    steps: all(
      list(shape({ id: name, variants }, { cost }), MAX_PARTS),
      is(
        'different ids, and costs that do not fall',
        (all: { id: string; cost?: number }[]) =>
          all.length &&
          all.every(({ cost = 0 }, index) => !index || cost >= (all[index - 1]!.cost ?? 0)) &&
          new Set(all.map(({ id }) => id)).size === all.length,
      ),
    ),
  },
  { goal: name, per: oneOf('session', 'visitor') },
)

export const areCosts = (it: object) =>
  Object.keys(it).length <= MAX_PARTS && Object.keys(it).every((key) => COST.test(key))
const isNamespace = (it: unknown) => Array.isArray(it) && it.length === 3

const ruleWith = (when: Check): Check =>
  all(
    shape(
      { id: name, on: name },
      {
        variants,
        ladder,
        owner: name,
        priority: number('a number', -Infinity, Infinity),
        when,
        validForMs: whole,
        cancelOn: list(oneOf('typing', 'scroll', 'navigate', 'add-to-cart', 'submit')),
        whenBusy: oneOf('defer', 'downgrade', 'drop'),
        slot: name,
        limits: shape({}, { ...caps, group: name, cooldownMs: whole }),
        holdout: percent,
        startsAt: date,
        expiresAt: date,
        consent: oneOf('granted'),
        schedule: shape({}, { days: some(oneOf(...DAYS)), hours: some(like('hours (09:00-18:00)', HOURS)) }),
        namespace: all(
          is('a name and the share that is its own', isNamespace),
          ...[name, share, share].map(
            (check, index): Check =>
              (value, path) =>
                check((value as unknown[])[index], path.concat(index)),
          ),
          is('a share that ends after it begins', ([, from, to]: [string, number, number]) => from < to),
        ),
        cost,
        enabled: aFlag,
        maxAgeMs: whole,
      },
    ),
    (rule, path) => {
      const { variants, ladder } = rule as Rule
      demand(
        !variants !== !ladder,
        'either variants or a ladder',
        variants && 'both',
        path.concat('variants'),
      )
    },
  )

/** One rule. */
export const checkRule = /* @__PURE__ */ ruleWith(checkCondition)
/** One that is compiled next: that checks its condition, and to do so twice took a third of all loading. */
export const checkRuleToCompile = /* @__PURE__ */ ruleWith(checkDepth)

/** The envelope: its rules are checked one by one. */
export const checkRuleset = shape(
  {
    version: whole,
    rules: all(
      aList,
      is(`at most ${MAX_RULES} rules`, ({ length }: []) => length <= MAX_RULES),
    ),
  },
  {
    $schema: aText,
    previewKey: name,
    issuedAt: date,
    expiresAt: date,
    enabled: aFlag,
    maxAgeMs: whole,
    refreshMs: whole,
    timeZone: is('the name of a time zone', isTimeZone),
    observe: is('rules, all or a list', (it) => it === 'rules' || it === 'all' || isTexts(it)),
    pages: record(list(like('a glob that begins with / * ? or #', GLOB))),
    moments: record(record(is('a number, true, false, text or texts', (it) => isOption(it) || isTexts(it)))),
    groups: record(list(is('text or a number', (it) => isOption(it) && typeof it !== 'boolean'))),
    affinity: shape({}, { halfLifeDays: number('1 to 365 days', 1, 365) }),
    ...products,
    limits: shape(
      {},
      {
        ...caps,
        gapMs: whole,
        groups: record(scopeCaps),
        costs: all(record(scopeCaps), is(`at most ${MAX_PARTS} costs (numbers ≥ 0) as keys`, areCosts)),
      },
    ),
    theme,
    holdout: shape({ percent, seed: name }),
  },
)
