/**
 * The ruleset a shop publishes. This file is its only definition: the SDK takes its types from here, the
 * command line and the demo validate with it, JSON Schema (for completion in an editor) is generated from it.
 *
 * Two schemas, because safety stands at rule level. `ruleset` is the envelope, its `rules` still unknown:
 * a fault there refuses the whole ruleset. `rule` is one rule: a fault there rejects that rule alone.
 * The browser does not carry zod; `sdk/src/decide/check.ts` gives the same verdict by hand, and a
 * differential test holds the two together. What must not be said twice (the condition language, the
 * patterns for dates, links and globs) is taken from there.
 */
import { z } from 'zod'
import { areCosts, DATE, DAYS, GLOB, HOURS, isTimeZone, MAX_PARTS, MAX_RULES } from '../src/decide/check'
import { COLOUR, FONT, IMAGE, POSITIONS, SHADOWS, SURFACES } from '../src/decide/check-look'
import { ACTIONS, CHATS, HREF, needed } from '../src/decide/check-nudge'
import {
  areFew,
  CURRENCY,
  MAX_COMPLEMENTS,
  MAX_OFFERS,
  MAX_PRODUCTS,
  RECOMMENDERS,
  ROOMY,
} from '../src/decide/check-products'
import { checkCondition } from '../src/decide/condition'
import type { Fault } from '../src/decide/demand'
import { templateFault } from '../src/template'
import { moments } from './moments'

const name = z.string().min(1).max(200)
const whole = z.int().nonnegative()
const percent = z.number().min(0).max(100)
const date = z
  .string()
  .regex(DATE)
  .refine((text) => Date.parse(text) >= 0, 'no date since 1970')
  .meta({ description: 'ISO date and time with Z or an offset', examples: ['2026-11-21T00:00:00Z'] })

const side = z.int().min(1).max(2000)

type Output<Value extends z.ZodType> = Record<string, z.output<Value>>

/** A map of any keys but `__proto__`, which zod would drop in silence. */
const map = <Value extends z.ZodType>(value: Value) =>
  z
    .custom<Record<string, unknown>>((it) => !(it instanceof Object && Object.hasOwn(it, '__proto__')), {
      error: 'wanted an object without __proto__',
    })
    .pipe(z.record(z.string(), value) as z.ZodType<Output<Value>, Record<string, unknown>>)

// ── limits ──────────────────────────────────────────────────────────────────────────────────────────

const caps = {
  /** Nudges within one session (which ends after 30 idle minutes and spans tabs). No default: no cap. */
  perSession: whole.optional().meta({ description: 'at most so many in a session' }),
  /** Nudges within any 24 hours (rolling, not by calendar day). No default: no cap. */
  perDay: whole.optional().meta({ description: 'at most so many in any 24 hours' }),
  /** Nudges ever, by the device's id. No default: no cap. */
  perVisitor: whole.optional().meta({ description: 'at most so many ever' }),
  /** The same count by its other name: nudges ever. */
  lifetime: whole.optional().meta({ description: 'at most so many ever (as perVisitor)' }),
  /** Sliding windows: at most `most` within any `ms` milliseconds. No default: none. */
  windows: z
    .array(
      z.strictObject({
        most: whole.meta({ description: 'at most so many' }),
        ms: whole.meta({ description: 'within any so many milliseconds' }),
      }),
    )
    .max(MAX_PARTS)
    .optional(),
}

const scopeCaps = z.strictObject(caps)

/** What all rules together may spend. */
const rulesetLimits = z.strictObject({
  ...caps,
  /** Least span between any two nudges, ms. No default: no gap. */
  gapMs: whole.optional().meta({ description: 'least time between any two nudges, ms' }),
  /** Caps that rules share by naming the group in their own `limits.group`. */
  groups: map(scopeCaps).optional(),
  /** Caps on all nudges that cost so much or more, by that cost: `{ "5": { "perVisitor": 1 } }`. */
  costs: map(scopeCaps)
    .refine(areCosts, `wanted at most ${MAX_PARTS} costs (numbers ≥ 0) as keys`)
    .optional(),
})

const ruleLimits = z.strictObject({
  ...caps,
  /** The group whose caps this rule shares (`limits.groups` of the ruleset). */
  group: name.optional().meta({ description: 'name of a group in the limits of the ruleset' }),
  /** Least span between two nudges of this rule, ms. */
  cooldownMs: whole.optional().meta({ description: 'least time between two nudges of this rule, ms' }),
})

// ── nudges ──────────────────────────────────────────────────────────────────────────────────────────

/** Never HTML; `{{path|filter|fallback}}` is filled from the attributes. */
const template = z
  .string()
  .superRefine((text, context) => {
    const [wanted, found] = templateFault(text) ?? []
    if (wanted)
      context.addIssue({
        code: 'custom',
        message: `wanted ${wanted}, found ${JSON.stringify(found!.slice(0, 60))}`,
      })
  })
  .meta({
    description: 'text, never HTML; {{path|filter|fallback}} is filled from the attributes',
    examples: ['{{cart.total|currency}} in your basket', 'Your {{cart.items.0.name|basket}} is kept'],
  })

/** Texts by slot: `title`, `body`; `close` is what the close button is called. */
const texts = map(template).refine(
  (slots) => Boolean(slots['title'] || slots['body']),
  'wanted a title or a body',
)

const byLanguage = <T extends z.ZodType>(value: T) =>
  map(value).refine((map) => Object.keys(map).length > 0, 'wanted at least one language')

/** One for all languages, or one for each. A link without a text could not be read. */
const label = template.min(1)
const textOrTexts = z
  .unknown()
  .superRefine((value, context) => {
    const type: z.ZodType = typeof value === 'string' ? label : byLanguage(label)
    for (const issue of type.safeParse(value).error?.issues ?? [])
      context.addIssue({ code: 'custom', path: issue.path, message: issue.message })
  })
  .pipe(z.union([label, byLanguage(label)]) as z.ZodType<string | Record<string, string>>)

const action = z
  .strictObject({
    /** The button's text, by language. */
    label: byLanguage(template),
    /**
     * `link` goes to `href`; `dismiss` closes the nudge; `snooze` closes it, and the rule is silent for `forMs`; `copy` puts the
     * `code` on the clipboard; `coupon` hands it to the shop; `chat` opens the shop's chat; `event` tells the page.
     */
    do: z.enum(ACTIONS),
    /** http(s):, mailto:, tel: or relative. Required for `link`. */
    href: z.string().regex(HREF).optional().meta({ description: 'http(s):, mailto:, tel: or relative' }),
    /** Required for `snooze`. */
    forMs: whole.optional().meta({ description: 'how long the rule is silent then, ms' }),
    /** Required for `copy` and `coupon`. */
    code: name.optional().meta({ description: 'the code that is copied, or handed to the shop' }),
    /** What is said when it is done, by language. */
    done: byLanguage(template).optional(),
    /** What is said when it has failed, by language. */
    failed: byLanguage(template).optional(),
    /** Which chat to open. Default: the first that is there. */
    via: z
      .enum(CHATS)
      .optional()
      .meta({ description: 'which chat to open; default: the first that is there' }),
    /** Of the event that the page hears. Required for `event`. */
    name: name.optional().meta({ description: 'what the event says that was pressed' }),
  })
  .superRefine((it, context) => {
    const [key, wanted] = needed[it.do] ?? []
    if (key && it[key as keyof typeof it] === undefined)
      context.addIssue({ code: 'custom', path: [key], message: `${it.do} needs ${wanted}` })
  })

const colour = z
  .string()
  .regex(COLOUR)
  .meta({ description: 'a colour', examples: ['#1f4fd8', 'oklch(60% 0.2 260)'] })
const colours = {
  background: colour.optional(),
  color: colour.optional(),
  /** Of the first button, of links and of the ring around what has the focus. */
  accent: colour.optional().meta({ description: 'colour of the first button and of the ring of focus' }),
  onAccent: colour.optional().meta({ description: 'colour of the text on the first button' }),
  border: colour.optional(),
}

/** How a nudge looks: a closed list, each value checked; never CSS. What is not given is as the page's own style says. */
const theme = z.strictObject({
  ...colours,
  /** The colours where the page is dark. Default: as those above. */
  dark: z.strictObject(colours).optional(),
  /** `light` or `dark` whatever the shopper prefers. @default "auto" */
  scheme: z.enum(['auto', 'light', 'dark']).optional(),
  /** Of the corners, px. @default 14 */
  radius: z.number().min(0).max(40).optional().meta({ description: 'of the corners, px (default 14)' }),
  /** Families as in CSS. @default system-ui */
  font: z
    .string()
    .regex(FONT)
    .optional()
    .meta({ examples: ['Inter, sans-serif'] }),
  /** px. @default 15 */
  fontSize: z.number().min(12).max(24).optional().meta({ description: 'of the text, px (default 15)' }),
  /** @default "soft" */
  shadow: z.enum(SHADOWS).optional(),
})

const image = z.strictObject({
  /** http(s): or relative. */
  src: z.string().regex(IMAGE).meta({ description: 'http(s): or relative' }),
  /** Its box in the nudge, px: reserved before it is there. */
  width: side.meta({ description: 'width of its box, px' }),
  height: side.meta({ description: 'height of its box, px' }),
  /** What it shows, by language. No default: it is but decoration. */
  alt: byLanguage(template).optional(),
})

/** Something that a nudge may recommend. */
const product = z.strictObject({
  /** A text, or texts by language. */
  name: textOrTexts.meta({ description: 'what it is called: a text, or texts by language' }),
  /** http(s):, mailto:, tel: or relative. */
  href: z.string().regex(HREF).meta({ description: 'its page: http(s): or relative' }),
  image: image.optional(),
  /** No default: none is shown. */
  price: z.number().nonnegative().optional().meta({ description: 'what it costs, in its currency' }),
  /** Three letters. Default: the currency of the cart; where nobody has told that, no price is shown. */
  currency: z
    .string()
    .regex(CURRENCY)
    .optional()
    .meta({ description: 'three letters; default: that of the cart', examples: ['EUR'] }),
})

/**
 * A list of products in a nudge: the `complements` of what is in the cart, or of what was bought last. Contract and
 * condition language know no such thing, so it is as plain as can be: whose complements, and how many.
 */
const recommend = z.strictObject({
  /** Whose complements. */
  of: z.enum(RECOMMENDERS).meta({ description: 'what they go with: the cart, or the last purchase' }),
  /** @default 3 */
  most: z
    .int()
    .min(1)
    .max(MAX_OFFERS)
    .optional()
    .meta({ description: `at most so many products, 1 to ${MAX_OFFERS} (the default)` }),
})

/** Where in the page an inline nudge goes. */
const place = z
  .strictObject({
    /** The `data-splitsecond-slot` of an element of the page. */
    slot: name.optional().meta({ description: 'the data-splitsecond-slot of an element of the page' }),
    selector: name.optional().meta({ description: 'an element of the page, where it has no slot' }),
    /** Where from the `selector`. @default "append" */
    position: z.enum(POSITIONS).optional(),
  })
  .refine((it) => !it.slot !== !it.selector, { path: ['slot'], error: 'wanted either a slot or a selector' })

export const nudge = z
  .strictObject({
    /**
     * Where it shows: a corner, a bar across the page, a dialog in its middle, a card from the edge, a place in the page, or
     * beside an element.
     */
    surface: z.enum(SURFACES),
    /** Texts by language tag; the page's language decides, the first given is the fallback. Needed but for `reorder`. */
    copy: byLanguage(texts).optional(),
    /** Required for `inline`; of another surface it is where `whenBusy: "downgrade"` may put it. */
    place: place.optional(),
    /** What a `tip` stands beside. Default: the element that the moment is about. */
    anchor: name.optional().meta({ description: 'selector of what a tip stands beside' }),
    image: image.optional(),
    /** Products to go with what the shopper has. Where there are none, the decision holds with `missing-value`. */
    recommend: recommend.optional().meta({
      description: 'products that go with what is in the cart, or with what was bought last',
    }),
    theme: theme.optional(),
    /** While the page has a modal dialog of its own open: shows inside it, instead of waiting until it is closed. */
    insideDialog: z
      .boolean()
      .optional()
      .meta({ description: 'may be shown inside a modal dialog that the page has open (default false)' }),
    /** Buttons, in this order. */
    actions: z.array(action).optional(),
    /** Closes by itself after so many ms of being visible. No default: stays until used or dismissed. */
    durationMs: whole.optional().meta({ description: 'closes by itself after this time, ms' }),
  })
  .refine((it) => it.surface === 'reorder' || it.copy !== undefined, {
    path: ['copy'],
    error: 'wanted texts by language',
  })
  .refine((it) => it.surface !== 'inline' || it.place !== undefined, {
    path: ['place'],
    error: 'an inline nudge needs a place',
  })
  .refine((it) => !it.recommend || ROOMY.includes(it.surface), {
    path: ['recommend'],
    error: `wanted only in ${ROOMY.join(', ')}`,
  })

/** What a nudge may cost whoever pays for it, in a unit of the shop's own. Higher is dearer. */
const cost = z
  .number()
  .nonnegative()
  .meta({ description: 'what it may cost, in a unit of your own; limits.costs caps by it' })

const variant = z.strictObject({
  id: name,
  nudge,
  /** Share of the visitors, relative to the other variants' weights. @default 1 */
  weight: z.number().nonnegative().optional(),
})

/** At least one; a visitor always gets the same. */
const variants = z
  .array(variant)
  .min(1)
  .refine(
    (all) => all.some((it) => it.weight !== 0) && new Set(all.map((it) => it.id)).size === all.length,
    'wanted different ids, and a weight above 0',
  )

// ── ladders ─────────────────────────────────────────────────────────────────────────────────────────

const step = z.strictObject({
  /** Unique within the ladder. Seeds the buckets of its variants, together with the rule's id. */
  id: name,
  variants,
  /** Not below that of the step before. @default 0 */
  cost: cost.optional(),
})

/**
 * Steps of rising cost for one moment. A step is shown only once those before it were, and did not help; who was helped
 * (followed an action of it, or reached the goal) is left alone.
 */
const ladder = z.strictObject({
  steps: z
    .array(step)
    .min(1)
    .max(MAX_PARTS)
    .refine(
      (all) =>
        all.every((it, index) => !index || (it.cost ?? 0) >= (all[index - 1]!.cost ?? 0)) &&
        new Set(all.map((it) => it.id)).size === all.length,
      'wanted different ids, and costs that do not fall',
    ),
  /** The outcome (`track`) that tells that it helped. @default "order_complete" */
  goal: name.optional(),
  /** Climbed anew in each session, or once by each visitor. @default "session" */
  per: z.enum(['session', 'visitor']).optional(),
})

// ── when ────────────────────────────────────────────────────────────────────────────────────────────

const schedule = z.strictObject({
  /** No default: every day. Hours that pass midnight belong to the day on which they begin. */
  days: z.array(z.enum(DAYS)).min(1).optional(),
  /** From (included) to (not included); after midnight where it ends before it begins. No default: the whole day. */
  hours: z
    .array(
      z
        .string()
        .regex(HOURS)
        .meta({ examples: ['09:00-18:00', '22:00-02:00'] }),
    )
    .min(1)
    .optional(),
})

const share = z.number().min(0).max(1)

// ── rules ───────────────────────────────────────────────────────────────────────────────────────────

/** What cancels a decision that is not painted yet. */
export const cancels = ['typing', 'scroll', 'navigate', 'add-to-cart', 'submit'] as const

/** What becomes of a nudge that would disturb. */
export const whenBusy = ['defer', 'downgrade', 'drop'] as const

/** A condition in GrowthBook's language; the compiler that will run it also says whether it is one. */
const condition = map(z.unknown())
  .superRefine((when, context) => {
    try {
      checkCondition(when, [])
    } catch (error) {
      const { keys, message } = error as Fault
      context.addIssue({ code: 'custom', path: [...keys], message })
    }
  })
  .meta({
    description: 'Which attributes must hold, in the condition language of GrowthBook (Mongo-style)',
    examples: [{ 'cart.total': { $gte: 40 }, 'page.type': { $ne: 'order-complete' } }],
  })

export const rule = z
  .strictObject({
    /** Unique within the ruleset. Seeds the buckets: renaming a rule deals its visitors anew. */
    id: name,
    /** The moment that this rule answers. */
    on: name.meta({ description: 'name of the moment', examples: ['hesitation', 'back-on-checkout'] }),
    /** What is shown. Either these or a `ladder`. */
    variants: variants.optional(),
    ladder: ladder.optional(),
    /** Who answers for it; goes into each decision event. */
    owner: name.optional(),
    /** The higher is asked first; equal priorities in the order of the file. @default 0 */
    priority: z.number().optional(),
    /** No condition: always. */
    when: condition.optional(),
    /** How long after the moment the nudge may still be painted, ms. @default 3000 */
    validForMs: whole
      .optional()
      .meta({ description: 'the nudge may be painted this long after the moment, ms' }),
    /** What the shopper may do meanwhile that makes it pointless. @default ["navigate", "submit"] */
    cancelOn: z.array(z.enum(cancels)).optional(),
    /**
     * The shopper types, composes, pays, has a dialog open or is in a critical flow: `defer` waits for the next calm
     * instant within `validForMs` and decides anew there; `downgrade` shows a modal as a toast, and defers what cannot
     * go lower; `drop` holds with `busy`. @default "defer"
     */
    whenBusy: z.enum(whenBusy).optional().meta({
      description:
        'what becomes of the nudge while the shopper must not be disturbed: "defer" is the default',
    }),
    /** Two nudges in one slot never stand at once; in different slots they may. @default "default", shared */
    slot: name.optional().meta({
      description: 'nudges of different slots may stand at the same time; rules without one share "default"',
    }),
    limits: ruleLimits.optional(),
    /** Percent (0–100) of visitors who never see this rule, to compare with. @default 0 */
    holdout: percent.optional(),
    startsAt: date.optional(),
    /** From this instant on the rule holds with `expired`. */
    expiresAt: date.optional(),
    /** Holds unless the visitor has granted consent. */
    consent: z.literal('granted').optional(),
    /** On which days and at which hours it may be used, in the `timeZone` of the ruleset. Outside: `expired`. */
    schedule: schedule.optional(),
    /** `[name, from, to]`: the share (0–1) of a namespace that is this rule's. Rules with shares apart never meet. */
    namespace: z
      .tuple([name, share, share])
      .refine(([, from, to]) => from < to, 'wanted a share that ends after it begins')
      .optional()
      .meta({ description: 'its share of a namespace: [name, from, to]', examples: [['checkout', 0, 0.5]] }),
    /** @default 0 */
    cost: cost.optional(),
    /** `false` parks the rule without deleting it. @default true */
    enabled: z.boolean().optional(),
    /** From this age of the ruleset on the rule holds with `expired`: an offer dies on time when the server is silent. */
    maxAgeMs: whole
      .optional()
      .meta({ description: 'holds when the server last confirmed the ruleset longer ago than this, ms' }),
  })
  .refine((it) => !it.variants !== !it.ladder, {
    path: ['variants'],
    error: 'wanted either variants or a ladder',
  })

// ── the envelope ────────────────────────────────────────────────────────────────────────────────────

export const ruleset = z.strictObject({
  /** Counts up with each publication: an older one never replaces a newer one. */
  version: whole,
  /** Each is checked by itself (`rule`): a bad one is rejected, the rest goes on. */
  rules: z.array(z.unknown()).max(MAX_RULES),
  /** For editors; the SDK does not read it. */
  $schema: z.string().optional(),
  /** Links with `?splitsecond-preview=RULE&splitsecond-preview-key=…` show a nudge; without a key they do not. */
  previewKey: name.optional().meta({
    description:
      'what a link must have to preview a nudge: ?splitsecond-preview=RULE&splitsecond-preview-key=…',
  }),
  issuedAt: date.optional(),
  /** From this instant on every rule holds with `expired`. */
  expiresAt: date.optional(),
  /** `false`: no rule decides any more, from the next look at it on. @default true */
  enabled: z.boolean().optional(),
  /**
   * From this age on every rule holds with `expired`. The age counts from the last time the server said that this is
   * the ruleset; of one in the page from `issuedAt`, else from when the page was loaded. No default: any age.
   */
  maxAgeMs: whole
    .optional()
    .meta({ description: 'nothing is shown when the server last confirmed it longer ago than this, ms' }),
  /** How often it is asked for while the page is visible, ms; 0: never. @default 300000 */
  refreshMs: whole
    .optional()
    .meta({ description: 'asked for so often while the page is visible, ms (default 300000); 0: never' }),
  /** The shop's time zone, by which schedules go. @default "UTC" */
  timeZone: z
    .string()
    .refine(isTimeZone, 'wanted the name of a time zone')
    .optional()
    .meta({ description: 'time zone of the schedules', examples: ['Europe/Brussels'] }),
  /** Which detectors run: those the rules name, all, or a list. @default "rules" */
  observe: z.union([z.enum(['rules', 'all']), z.array(z.string())]).optional(),
  /**
   * Page types by globs; the first match in the order of the file counts, `other` when none does. A glob
   * without `?`, `#` or `=` matches the path alone, with one of them path + query + hash; `*` crosses `/`.
   */
  pages: map(z.array(z.string().regex(GLOB))).optional(),
  /** Options per detector, by its name. */
  moments: map(map(z.union([z.number(), z.boolean(), z.string(), z.array(z.string())]))).optional(),
  /** Lists of values that conditions name by `$inGroup` and `$notInGroup`. */
  groups: map(z.array(z.union([z.string(), z.number()]))).optional(),
  /**
   * Which categories a shopper leans to (`visitor.affinity.<category>`). Kept where a rule asks for it; with this, where
   * none does, too.
   */
  affinity: z
    .strictObject({
      /** After so many days what he did counts half as much. @default 14 */
      halfLifeDays: z
        .number()
        .min(1)
        .max(365)
        .optional()
        .meta({ description: 'after so many days what a shopper did counts half as much (default 14)' }),
    })
    .optional(),
  /** What nudges may recommend, by the ids that the shop's carts and orders have. */
  products: map(product)
    .refine(areFew, `wanted at most ${MAX_PRODUCTS} products, by ids of 1 to 200 characters`)
    .optional()
    .meta({ description: 'what nudges may recommend, by id' }),
  /** What goes with what: by the id of a product or a category, ids of products, the best first. */
  complements: map(z.array(name).max(MAX_COMPLEMENTS))
    .refine(areFew, `wanted at most ${MAX_PRODUCTS} products or categories, by ids of 1 to 200 characters`)
    .optional()
    .meta({ description: 'ids of what goes with a product or a category, by its id' }),
  limits: rulesetLimits.optional(),
  /** How all nudges look; a nudge's own `theme` goes over it. */
  theme: theme.optional(),
  /** Visitors who never see any nudge, to measure what all of them together bring. */
  holdout: z
    .strictObject({
      percent: percent.meta({ description: 'percent of visitors, 0–100' }),
      /** Change it to draw a new holdout. */
      seed: name,
    })
    .optional(),
})

/**
 * The whole file as editors should see it (`editorSchema` describes its keys). Stricter than `ruleset` on the options of the
 * moments: what nobody would heed is a mistake here, and only a line on the console in a browser.
 */
export const rulesetFile = ruleset.extend({
  rules: z.array(rule).max(MAX_RULES),
  moments: z.strictObject(moments).partial().optional(),
})

export type Ruleset = z.infer<typeof ruleset>
export type Rule = z.infer<typeof rule>
export type Variant = z.infer<typeof variant>
export type NudgeSpec = z.infer<typeof nudge>
export type Theme = z.infer<typeof theme>
export type Product = z.infer<typeof product>
export type Recommend = z.infer<typeof recommend>
export type NudgeAction = z.infer<typeof action>
export type RulesetLimits = z.infer<typeof rulesetLimits>
export type Caps = z.infer<typeof scopeCaps>
export type RuleLimits = z.infer<typeof ruleLimits>
export type Cancel = (typeof cancels)[number]
export type WhenBusy = (typeof whenBusy)[number]
/** A condition in GrowthBook's language. */
export type Condition = Readonly<Record<string, unknown>>
/** Named lists for `$inGroup`. */
export type Groups = Readonly<Record<string, readonly (string | number)[]>>
