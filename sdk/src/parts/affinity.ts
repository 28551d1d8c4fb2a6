import { createCategories } from '../capture/categories'
import { createLeanings } from '../decide/leanings'
import type { Kit } from './kit'

/** Loaded where the ruleset asks for what a shopper leans to. */
export const install = (kit: Kit) =>
  kit.give('affinity', (options) => {
    const leanings = createLeanings(options)
    const { clock, listen } = options.platform
    const { arrive, stop } = createCategories({ clock, listen, viewed: leanings.viewed })
    return { ...leanings, arrive, stop }
  })
