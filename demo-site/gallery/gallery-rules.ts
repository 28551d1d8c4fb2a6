import type { NudgeSpec, Ruleset } from '../../sdk/schema/ruleset'

export const surfaces = ['toast', 'bar', 'modal', 'slide-in', 'inline', 'tip'] as const
export const locales = ['en', 'de', 'ar'] as const
export const schemes = ['light', 'dark'] as const
export type Surface = (typeof surfaces)[number]

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

/** One rule that answers the moment `show` with that surface. */
export const galleryRules = (surface: Surface): Ruleset => ({
  version: 1,
  refreshMs: 0,
  rules: [
    {
      id: `gallery-${surface}`,
      on: 'show',
      variants: [{ id: 'a', nudge: { surface, copy, actions, ...places[surface] } }],
    },
  ],
})
