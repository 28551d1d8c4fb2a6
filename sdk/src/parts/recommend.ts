import { addProducts } from '../nudge/add-products'
import { createRecommend } from '../nudge/recommend'
import type { Kit } from './kit'

/** Loaded where a nudge of the ruleset recommends products. */
export const install = (kit: Kit) => kit.give('recommend', { recommend: createRecommend(), addProducts })
