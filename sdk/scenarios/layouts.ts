/**
 * The lab shop: a few pages as data, so that the same places can be pressed in a simulation and in a browser. Boxes
 * are px from the page's corner; all stand in the first 400 px, which a phone shows, too.
 */
export interface Thing {
  /** x, y, width, height. */
  readonly box: readonly [number, number, number, number]
  /** `plain`: text or a picture that looks like nothing to press. */
  readonly kind: 'button' | 'submit' | 'link' | 'plain' | 'field' | 'area' | 'select' | 'label' | 'frame'
  /** `data-splitsecond-role`. */
  readonly role?: string
  /** `data-cta`. */
  readonly cta?: boolean
  /** `data-splitsecond-ignore`. */
  readonly ignore?: string
  /** The form it belongs to. */
  readonly form?: string
  /** Not even its length may be read: `autocomplete="cc-number"`. */
  readonly sensitive?: boolean
  /**
   * What the page does on a press: changes near it, changes far from it, asks the network and changes 600 ms later,
   * opens another tab or a file chooser, nothing, fails, or goes to another page.
   */
  readonly answers?: 'near' | 'far' | 'network' | 'elsewhere' | 'never' | 'fails' | `to ${string}`
  /** How long the answer takes, ms. @default 30; over the network 600 */
  readonly answerMs?: number
  /** It answers only so often: the end of a carousel, the limit of a stepper. */
  readonly limit?: number
  /** The field that a label is for. */
  readonly for?: string
}

export interface Form {
  /** The page refuses it so many times, and says so by `aria-invalid`. */
  readonly refuses?: number
  /** The browser refuses it while a field is empty. */
  readonly required?: boolean
  /** It is sent by script, and then no longer there. */
  readonly gone?: boolean
  readonly search?: boolean
}

export interface Layout {
  readonly height: number
  readonly things: Readonly<Record<string, Thing>>
  readonly forms?: Readonly<Record<string, Form>>
  /** Something on the page changes by itself so often: a ticker, a carousel, a countdown. */
  readonly everyMs?: number
}

type Box = Thing['box']
const button = (box: Box, answers: Thing['answers'] = 'near', more: Partial<Thing> = {}): Thing => ({
  box,
  kind: 'button',
  answers,
  ...more,
})
const field = (box: Box, form: string, more: Partial<Thing> = {}): Thing => ({
  box,
  kind: 'field',
  form,
  ...more,
})
const submit = (box: Box, form: string): Thing => ({ box, kind: 'submit', form })

const product: Layout = {
  height: 4000,
  things: {
    '#photo': { box: [20, 60, 300, 60], kind: 'plain' },
    '#price': { box: [20, 140, 120, 40], kind: 'plain', role: 'price' },
    '#shipping': { box: [160, 140, 160, 40], kind: 'plain', role: 'shipping' },
    '#minus': button([20, 200, 48, 48]),
    '#plus': button([80, 200, 48, 48]),
    '#size': { box: [150, 200, 120, 48], kind: 'select' },
    '#add': button([20, 270, 200, 48], 'near', { cta: true }),
    '#wish': button([240, 270, 140, 48], 'never'),
    '#next-photo': button([20, 340, 48, 48]),
    '#broken': button([80, 340, 120, 48], 'fails'),
    '#guide': { box: [220, 340, 120, 48], kind: 'link', answers: 'elsewhere' },
    '#label-gift': { box: [20, 410, 160, 40], kind: 'label', for: '#gift' },
    '#gift': { box: [190, 410, 40, 40], kind: 'plain' },
    '#slow': button([250, 410, 120, 48], 'network'),
    '#quiet': button([20, 480, 140, 48], 'never', { ignore: 'rage-click dead-click multi-click' }),
    '#tile': button([180, 480, 140, 48]),
    '#far': button([20, 550, 140, 48], 'far'),
    '#upload': button([180, 550, 140, 48], 'elsewhere'),
    '#text': { box: [20, 620, 360, 100], kind: 'plain' },
    '#brisk': button([20, 740, 100, 48], 'near', { answerMs: 265 }),
    '#late': button([130, 740, 100, 48], 'near', { answerMs: 345, limit: 2 }),
    '#last': button([240, 740, 60, 48], 'near', { limit: 3 }),
    '#stuck': button([310, 740, 60, 48], 'near', { limit: 2 }),
    '#breaks': button([20, 800, 100, 48], 'fails', { answerMs: 850 }),
    '#breaks-late': button([130, 800, 100, 48], 'fails', { answerMs: 1150 }),
    '#slower': button([240, 800, 60, 48], 'network', { answerMs: 4200 }),
    '#reviews': button([20, 2200, 200, 48]),
  },
}

const checkout: Layout = {
  height: 2000,
  things: {
    '#name': field([20, 60, 300, 40], '#address'),
    '#street': field([20, 110, 300, 40], '#address'),
    '#postcode': field([20, 160, 140, 40], '#address'),
    '#city': field([180, 160, 140, 40], '#address'),
    '#card': field([20, 220, 300, 40], '#address', { sensitive: true }),
    '#previous-day': button([20, 280, 48, 48]),
    '#next-day': button([80, 280, 48, 48]),
    '#country': { box: [150, 280, 160, 48], kind: 'select' },
    '#order': submit([20, 350, 240, 48], '#address'),
    '#frame': { box: [20, 420, 340, 160], kind: 'frame' },
    '#text': { box: [20, 600, 360, 120], kind: 'plain' },
  },
  forms: { '#address': {} },
}

export const layouts = {
  product,
  /** The same page with a ticker in it. */
  ticker: { ...product, everyMs: 250 },
  clock: { ...product, everyMs: 1000 },
  list: {
    height: 4000,
    things: {
      '#search': field([20, 60, 300, 40], '#search-form'),
      '#prev': button([20, 120, 48, 48]),
      '#next': button([80, 120, 48, 48]),
      '#sort': { box: [150, 120, 120, 48], kind: 'select' },
      '#card-1': { box: [20, 200, 300, 80], kind: 'link', answers: 'to product' },
      '#card-2': { box: [20, 300, 300, 80], kind: 'link', answers: 'to product' },
      '#more': button([20, 400, 200, 48], 'network'),
      '#text': { box: [20, 470, 360, 200], kind: 'plain' },
    },
    forms: { '#search-form': { search: true } },
  },
  cart: {
    height: 1600,
    things: {
      '#minus': button([20, 80, 48, 48]),
      '#plus': button([80, 80, 48, 48]),
      '#remove': button([150, 80, 120, 48]),
      '#to-checkout': button([20, 160, 240, 48], 'to checkout', { cta: true }),
      '#coupon': field([20, 240, 200, 40], '#coupon-form'),
      '#apply': submit([240, 240, 120, 40], '#coupon-form'),
      '#returns': { box: [20, 310, 160, 40], kind: 'link', role: 'returns', answers: 'far' },
      '#shipping': { box: [200, 310, 160, 40], kind: 'link', role: 'shipping', answers: 'far' },
      '#terms': { box: [20, 360, 160, 40], kind: 'link', answers: 'elsewhere' },
      '#text': { box: [20, 420, 360, 300], kind: 'plain' },
    },
    forms: { '#coupon-form': {} },
  },
  checkout,
  /** A checkout that refuses what it is sent, whatever it is. */
  strict: { ...checkout, forms: { '#address': { refuses: 99 } } },
  /** One whose fields must all be filled in, by the browser's own word. */
  required: { ...checkout, forms: { '#address': { required: true } } },
  /** One that refuses once. */
  once: { ...checkout, forms: { '#address': { refuses: 1 } } },
  support: {
    height: 1600,
    things: {
      '#subject': field([20, 60, 300, 40], '#contact'),
      '#message': { box: [20, 120, 340, 160], kind: 'area', form: '#contact' },
      '#send': submit([20, 300, 160, 48], '#contact'),
      '#chat': { box: [20, 400, 260, 60], kind: 'area', form: '#chat-form' },
      '#chat-send': submit([290, 400, 100, 48], '#chat-form'),
      '#newsletter': field([20, 500, 260, 40], '#newsletter-form'),
      '#text': { box: [20, 560, 360, 120], kind: 'plain' },
    },
    forms: { '#contact': {}, '#chat-form': {}, '#newsletter-form': {} },
  },
  account: {
    height: 1200,
    things: {
      '#name': field([20, 60, 300, 40], '#profile'),
      '#street': field([20, 110, 300, 40], '#profile'),
      '#password': field([20, 160, 300, 40], '#profile', { sensitive: true }),
      '#save': button([20, 220, 160, 48], 'network', { form: '#profile' }),
      '#text': { box: [20, 300, 360, 120], kind: 'plain' },
    },
    forms: { '#profile': { gone: true } },
  },
  /** An account page whose server takes its time. */
  lazy: {
    height: 1200,
    things: {
      '#name': field([20, 60, 300, 40], '#profile'),
      '#street': field([20, 110, 300, 40], '#profile'),
      '#save': button([20, 220, 160, 48], 'network', { form: '#profile', answerMs: 2500 }),
      '#text': { box: [20, 300, 360, 120], kind: 'plain' },
    },
    forms: { '#profile': { gone: true } },
  },
  pricing: {
    height: 3200,
    things: {
      '#plan-a': button([20, 160, 160, 56], 'to checkout'),
      '#plan-b': button([220, 160, 160, 56], 'to checkout'),
      '#question': button([20, 300, 300, 48]),
      '#text': { box: [20, 380, 360, 200], kind: 'plain' },
      '#contact-sales': button([20, 2400, 200, 56]),
    },
  },
} as const satisfies Record<string, Layout>

export type LayoutName = keyof typeof layouts

/** A page type without a layout of its own looks like this. */
export const layoutOf = (type: string): Layout =>
  (layouts as Readonly<Record<string, Layout>>)[type] ?? layouts.list

/** What the page's type is: a layout may be a variation of another. */
export const typeOf = (layout: string): string =>
  ({
    ticker: 'product',
    clock: 'product',
    strict: 'checkout',
    once: 'checkout',
    required: 'checkout',
    lazy: 'account',
  })[layout] ?? layout

/** A decision hangs on it where the ruleset names none: the same rule as capture's. */
export const isDecision = ({ kind, cta, role }: Thing, type: string): boolean =>
  kind === 'submit' ||
  !!cta ||
  role === 'price' ||
  role === 'shipping' ||
  (kind === 'button' && /^(pricing|cart|checkout)$/.test(type))
