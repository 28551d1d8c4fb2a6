import type { NudgeSpec } from '../schema/ruleset'

export const surfaces = [
  'toast',
  'bar',
  'modal',
  'slide-in',
  'tip',
] as const satisfies readonly NudgeSpec['surface'][]
export type SurfaceName = (typeof surfaces)[number]

const namedMoments = ['hesitation', 'back-on-checkout', 'rage-typing', 'exit-intent']

const nudge = (surface: SurfaceName, durationMs?: number): NudgeSpec => ({
  surface,
  copy: { en: { title: 'Still thinking?', body: 'Your basket is kept, and returns are free for 30 days.' } },
  actions: [{ label: { en: 'Back to checkout' }, do: 'link', href: '#checkout' }],
  ...(surface === 'tip' ? { anchor: '[data-cta]' } : {}),
  ...(durationMs === undefined ? {} : { durationMs }),
})

/** All four named moments are watched and decided on, and nothing is ever shown. */
export const neverShows = {
  version: 1,
  rules: namedMoments.map((on) => ({
    id: `never-on-${on}`,
    on,
    when: { 'page.type': 'nowhere', 'cart.total': { $gte: 40 } },
    variants: [{ id: 'a', nudge: nudge('toast') }],
  })),
}

/** A moment of its own for each surface; the nudge goes by itself, so that the next try finds an empty stage. */
export const showsAlways = (durationMs: number) => ({
  version: 1,
  rules: surfaces.map((surface) => ({
    id: `bench-${surface}`,
    on: `bench-${surface}`,
    variants: [{ id: 'a', nudge: nudge(surface, durationMs) }],
  })),
})
