import { createFormats } from '../nudge'
import { whenIdle } from '../platform/when-idle'
import type { Kit } from './kit'

/** Loaded where a text of the ruleset has a filter (`{{cart.total|currency}}`). */
export function install(kit: Kit) {
  const formatOf = createFormats()
  const ready = { ruleset: undefined as unknown, currency: undefined as unknown, stop: () => {} }
  kit.give('filters', {
    formatOf,
    prepare({ ruleset, currency, compose, platform, stops }) {
      if (ready.ruleset === ruleset && ready.currency === currency) return
      if (!ready.ruleset) stops.push(() => ready.stop())
      ready.stop()
      Object.assign(ready, { ruleset, currency })
      const nudges = [...ruleset.plans.values()]
        .flatMap(({ rules }) => rules)
        .flatMap(({ variants }) => variants)
        .map(({ nudge }) => nudge)
      /** One at a time: the first formatter of a page takes tens of milliseconds, which are the page's while it loads. */
      const next = () => {
        const nudge = nudges.shift()
        if (!nudge) return
        // To compose a text once makes all that it needs, whatever its gaps come to.
        compose(nudge, { cart: { currency } })
        ready.stop = whenIdle(platform, next)
      }
      ready.stop = whenIdle(platform, next)
    },
  })
}
