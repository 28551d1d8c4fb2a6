import { parseTemplate } from '../template'
import type { CompiledRuleset } from './compile'

/**
 * What the nudges of a ruleset are drawn with, and what their buttons do: each is there, or a part of its name. So are the
 * filters, where a text has one.
 */
export const drawn = ({ plans }: CompiledRuleset): readonly string[] => {
  const named = new Set<string>()
  for (const { rules } of plans.values())
    for (const { variants } of rules)
      for (const { nudge } of variants) {
        named.add(nudge.surface)
        // Where it may go lower.
        if (nudge.place) named.add('inline')
        for (const action of nudge.actions ?? []) named.add(action.do)
        if (!named.has('filters') && textsOf(nudge).some(hasFilter)) named.add('filters')
      }
  return [...named]
}

/** All texts in it; addresses are among them, which have no gaps. */
const textsOf = (it: unknown): readonly string[] =>
  typeof it === 'string' ? [it] : it instanceof Object ? Object.values(it).flatMap(textsOf) : []
const hasFilter = (text: string) =>
  parseTemplate(text).some((part) => typeof part !== 'string' && part.filter !== undefined)
