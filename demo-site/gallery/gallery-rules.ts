import type { NudgeSpec, Ruleset } from '../../sdk/schema/ruleset'

export const surfaces = ['toast', 'bar', 'modal', 'slide-in', 'inline', 'tip'] as const
export const locales = ['en', 'de', 'ar'] as const
export const schemes = ['light', 'dark'] as const
export type Surface = (typeof surfaces)[number]
/** What the gallery shows: each surface, and one that recommends products. */
export const cells = [...surfaces, 'recommend'] as const
export type Cell = (typeof cells)[number]

const copy = {
  en: { title: 'Still thinking it over?', body: 'Sixty days to send it back, and we pay the way.' },
  de: {
    title: 'Noch unentschlossen?',
    body: 'Sechzig Tage Rückgaberecht, und die Rücksendekosten übernehmen selbstverständlich wir.',
  },
  ar: { title: 'ما زلت تفكر؟', body: 'ستون يومًا للإرجاع، ونحن ندفع تكلفة الشحن.' },
}
const actions: NudgeSpec['actions'] = [
  {
    label: { en: 'How returns work', de: 'So funktioniert die Rückgabe', ar: 'كيف يتم الإرجاع' },
    do: 'link',
    href: '/support',
  },
  { label: { en: 'Not now', de: 'Jetzt nicht', ar: 'ليس الآن' }, do: 'dismiss' },
]
const places: Readonly<Partial<Record<Surface, Partial<NudgeSpec>>>> = {
  inline: { place: { slot: 'gallery' } },
  tip: { anchor: '#buy' },
  'slide-in': {
    image: { src: '/art/kettle/cobalt/2b4aa8.svg', width: 120, height: 90, alt: { en: 'A kettle' } },
  },
}

const recommends: NudgeSpec = {
  surface: 'slide-in',
  copy: {
    en: { title: 'Goes well with your kettle' },
    de: { title: 'Passt gut zu Ihrem Wasserkessel' },
    ar: { title: 'يناسب غلايتك' },
  },
  recommend: { of: 'cart' },
  actions: [{ label: { en: 'Not now', de: 'Jetzt nicht', ar: 'ليس الآن' }, do: 'dismiss' }],
}
const picture = (drawing: string) => ({ src: `/art/${drawing}.svg`, width: 52, height: 52 })
const products: Ruleset['products'] = {
  'cone-papers': {
    name: { en: 'Cone Papers', de: 'Filtertüten', ar: 'أوراق ترشيح' },
    href: '/product/cone-papers',
    image: picture('filters/porcelain/dbe4f0'),
    price: 6.9,
  },
  'half-litre-server': {
    name: { en: 'Half-Litre Server', de: 'Halbliterkanne', ar: 'إبريق نصف لتر' },
    href: '/product/half-litre-server',
    image: picture('server/butter/f1dccd'),
    price: 34,
  },
  'waffle-towel': {
    name: { en: 'Waffle Towel', de: 'Waffelpiqué-Geschirrtuch', ar: 'منشفة' },
    href: '/product/waffle-towel',
    image: picture('towel/butter/d5e0ec'),
    price: 16,
  },
}
const complements = { 'heron-kettle': Object.keys(products) }

const nudgeOf = (cell: Cell): NudgeSpec =>
  cell === 'recommend' ? recommends : { surface: cell, copy, actions, ...places[cell] }

/** One rule that answers the moment `show` with that nudge. */
export const galleryRules = (cell: Cell): Ruleset => ({
  version: 1,
  refreshMs: 0,
  products,
  complements,
  rules: [{ id: `gallery-${cell}`, on: 'show', variants: [{ id: 'a', nudge: nudgeOf(cell) }] }],
})
