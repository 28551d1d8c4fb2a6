import { parseTemplate } from '../template'
import type { CompiledRuleset } from './compile'

/**
 * What the nudges of a ruleset are drawn with, and what their buttons do: each is there, or a part of its name. So are the
 * filters where a text has one, and what the shopper leans to where a rule asks for it.
 */
export const drawn = ({ plans, source }: CompiledRuleset): readonly string[] => {
  const named = new Set<string>(source.affinity ? ['affinity'] : [])
  for (const { rules, slots } of plans.values()) {
    if (slots.some(({ path }) => leaning.test(path.join('.')))) named.add('affinity')
    for (const { variants } of rules)
      for (const { nudge } of variants) {
        named.add(nudge.surface)
        if (nudge.surface === 'reorder') named.add('affinity')
        // Prices are written by a filter, and what was bought last is never recommended.
        if (nudge.recommend) for (const part of ['recommend', 'filters', 'affinity']) named.add(part)
        // Where it may go lower.
        if (nudge.place) named.add('inline')
        for (const action of nudge.actions ?? []) named.add(action.do)
        for (const gap of textsOf(nudge).flatMap(gapsOf)) {
          if (gap.filter !== undefined) named.add('filters')
          if (leaning.test(gap.path)) named.add('affinity')
        }
      }
  }
  return [...named]
}

/** All texts in it; addresses are among them, which have no gaps. */
const textsOf = (it: unknown): readonly string[] =>
  typeof it === 'string' ? [it] : it instanceof Object ? Object.values(it).flatMap(textsOf) : []
const gapsOf = (text: string) => parseTemplate(text).filter((part) => typeof part !== 'string')
/** Attributes that are kept only where a ruleset asks for them. */
const leaning = /^visitor\.(affinity|lastPurchase)(\.|$)/
