/**
 * The JSON Schema of a ruleset as an editor wants it: generated from `rulesetFile`, and beside what is valid it says
 * what each key is for, which moments there are, and which attributes and operators a condition may have. What is valid
 * hangs on `rulesetFile` alone.
 */
import { z } from 'zod'
import { conditionOperators } from '../src/decide/condition'
import { attributes } from './attributes'
import { moments } from './moments'
import { rulesetFile } from './ruleset'

type Json = Record<string, unknown>

/** What keys are for that the schema itself does not say; `parent.key` where a key means more than one thing. */
const descriptions: Readonly<Record<string, string>> = {
  $schema: 'for editors: where this schema is',
  version: 'counts up with each publication; an older one never replaces a newer one',
  issuedAt: 'when it was published; for people',
  expiresAt: 'from then on it holds with `expired`',
  startsAt: 'before then it holds with `expired`',
  observe: 'which moments are watched: those that rules name, all, or a list (default "rules")',
  pages: 'page types by globs; the first that matches counts; `*` crosses `/`',
  moments: 'options of moments',
  affinity: 'which categories a shopper leans to: visitor.affinity.<category>',
  groups: 'lists of values that conditions name by $inGroup and $notInGroup',
  'limits.groups': 'caps that rules share by naming the group in their own limits',
  limits: 'how often it may be shown',
  holdout: 'visitors who never see it, in percent, to compare with',
  'holdout.seed': 'another one draws the visitors anew',
  rules: 'what answers which moment; of those that apply the one of highest priority',
  id: 'name; seeds the buckets: a renamed one deals its visitors anew',
  owner: 'who answers for it; stands in each decision event',
  priority: 'the higher is asked first, equal ones in the order of the file (default 0)',
  variants: 'what is shown; a visitor always gets the same one',
  weight: 'share of the visitors, relative to the other variants (default 1)',
  nudge: 'what the shopper sees',
  surface:
    'a corner (toast), a bar across the top, a dialog (modal), a card from the edge (slide-in), in the page (inline), beside an element (tip)',
  place: 'where in the page an inline nudge goes: a slot, or a selector with a position',
  position: 'where from the selector (default "append")',
  image: 'a picture beside the text',
  alt: 'what it shows, by language; without it it is decoration',
  theme: 'how it looks; a nudge’s own goes over that of the ruleset',
  background: 'colour behind the text',
  color: 'colour of the text',
  onAccent: 'colour of the text on the first button',
  border: 'colour of the outline',
  dark: 'colours where the page is dark (default: the same)',
  scheme: 'auto (what the shopper prefers), light or dark',
  font: 'families, as in CSS',
  shadow: 'none, soft or strong',
  copy: 'texts by language tag; {{cart.total|fallback}} is filled in',
  actions: 'buttons, in this order',
  label: 'text of the button, by language tag',
  do: 'what the button does: link, dismiss, snooze, copy, coupon, chat, event',
  done: 'what is said when it is done, by language',
  failed: 'what is said when it has failed, by language',
  cancelOn: 'what the shopper may do that makes it pointless before it is painted (default navigate, submit)',
  consent: 'only for visitors who have granted consent',
  enabled: 'false parks it (default true)',
  windows: 'at most so many within any so many milliseconds',
  costs: 'caps on all nudges that cost so much or more',
  schedule: 'on which days and at which hours it may be used',
  days: 'days of the week (default: every day)',
  hours: 'from–to, in the time zone of the ruleset (default: the whole day)',
  ladder: 'steps of rising cost; a later one is shown only when those before it did not help',
  steps: 'from the cheapest to the dearest',
  goal: 'the outcome that tells that it helped (default "order_complete")',
  per: 'climbed anew in each session, or once by each visitor (default "session")',
}

const operators: Readonly<Record<string, string>> = {
  $eq: 'equal', $ne: 'not equal', $lt: 'less', $lte: 'less or equal', $gt: 'more', $gte: 'more or equal',
  $veq: 'equal as versions', $vne: 'not equal as versions', $vlt: 'an older version', $vlte: 'an older version or the same',
  $vgt: 'a newer version', $vgte: 'a newer version or the same',
  $in: 'one of a list', $nin: 'none of a list', $ini: 'one of a list, in any case', $nini: 'none of a list, in any case',
  $inGroup: 'one of a list in groups', $notInGroup: 'none of a list in groups',
  $regex: 'a pattern, on the first 256 characters', $regexi: 'a pattern, in any case',
  $exists: 'is it there', $type: 'string, number, boolean, array, object or null',
  $size: 'how many the list has', $elemMatch: 'some item of the list', $all: 'all of these are in the list', $alli: 'the same, in any case',
  $not: 'does not hold', $and: 'all of these hold', $or: 'one of these holds', $nor: 'none of these holds',
} // prettier-ignore

/** Completion alone: nothing here refuses anything that the compiler would take. */
function condition(): { condition: Json; question: Json } {
  const described = (names: readonly string[], of: (name: string) => Json) =>
    Object.fromEntries(names.map((name) => [name, { description: operators[name], ...of(name) }]))
  const several = { type: 'array', items: { $ref: '#/definitions/condition' } }
  return {
    condition: {
      type: 'object',
      properties: {
        ...Object.fromEntries(
          Object.entries(attributes).map(([path, description]) => [
            path,
            { description, allOf: [{ $ref: '#/definitions/question' }] },
          ]),
        ),
        ...described(['$and', '$or', '$nor'], () => several),
        ...described(['$not'], () => ({ allOf: [{ $ref: '#/definitions/condition' }] })),
      },
      additionalProperties: { $ref: '#/definitions/question' },
    },
    question: {
      // Of objects alone; a plain value is as good.
      properties: described(
        conditionOperators.filter((name) => !/^\$(and|n?or)$/.test(name)),
        () => ({}),
      ),
    },
  }
}

/** JSON Schema, draft 7: what the most editors know. */
export function editorSchema(): Json {
  const schema = z.toJSONSchema(rulesetFile, {
    target: 'draft-7',
    override({ jsonSchema, path }) {
      const node = jsonSchema as Json
      const [key, parent] = [path.at(-1), path.filter((it) => it !== 'properties').at(-2)]
      if (path.at(-2) !== 'properties') return
      node['description'] ??= descriptions[`${parent}.${key}`] ?? descriptions[`${key}`]
      if (parent === 'moments') node['description'] ??= `options of ${key}`
      if (key === 'on') node['examples'] = Object.keys(moments)
      if (key === 'when') Object.assign(node, { ...condition().condition, description: node['description'] })
    },
  }) as Json
  return { ...schema, title: 'Splitsecond ruleset', definitions: condition() }
}
