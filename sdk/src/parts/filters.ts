import { createFormats } from '../nudge'
import type { Kit } from './kit'

/** Loaded where a text of the ruleset has a filter (`{{cart.total|currency}}`). */
export function install(kit: Kit) {
  const formatOf = createFormats()
  const ready: { ruleset?: unknown; currency?: unknown } = {}
  kit.give('filters', {
    formatOf,
    prepare({ ruleset, currency, compose }) {
      if (ready.ruleset === ruleset && ready.currency === currency) return
      Object.assign(ready, { ruleset, currency })
      // To compose a text once makes all that it needs, whatever its gaps come to.
      for (const { rules } of ruleset.plans.values())
        for (const { variants } of rules)
          for (const { nudge } of variants) compose(nudge, { cart: { currency } }, { formatOf })
    },
  })
}
