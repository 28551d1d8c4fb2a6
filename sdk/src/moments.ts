/** The moments that there are, and what each of them needs: names alone, so that any room may have them. */
import type { CompiledRuleset } from './decide'

/** A moment, and the sources it needs that others need too: each is a part of its own, loaded beside it. */
export type Watched = readonly [moment: string, needs?: readonly string[]]

/** The four that are watched where no ruleset says otherwise. */
export const namedMoments = [['back-on-checkout'], ['hesitation'], ['rage-typing'], ['exit-intent']] as const

/** The others; one that is made of others stands behind them. Each is a part of its name. */
const otherMoments: readonly string[] = [
  'rage-click',
  'multi-click',
  'dead-click',
  'error-click',
  'thrashed-cursor',
  'checkout-step-back',
  'quick-back',
  'tab-return',
  'form-abandonment',
  'cart-hesitation',
]

/** The moments that a moment is made of: they are watched with it. */
export const madeOf: Readonly<Record<string, readonly string[]>> = {
  'cart-hesitation': ['hesitation', 'back-on-checkout'],
}

const ofPress = ['expects']
const ofAnswer = ['expects', 'response']
/** What moments need of each other's: what a press should do, and what the page did upon it. */
const needs: Readonly<Record<string, readonly string[]>> = {
  'rage-click': ofAnswer,
  'multi-click': ofAnswer,
  'dead-click': ofAnswer,
  'error-click': ofPress,
  'tab-return': ofPress,
  'cart-hesitation': ofPress,
}

/** All moments, in list order. */
export const allMoments: readonly string[] = [...namedMoments.flat(), ...otherMoments]

/** All parts that a trace needs. */
export const allHeard: readonly string[] = [...allMoments, ...ofAnswer]

/** In list order those that are asked for, and those they are made of. */
export const withTheirParts = (asked: readonly string[]) =>
  allMoments.filter(
    (name) =>
      asked.includes(name) || allMoments.some((it) => asked.includes(it) && madeOf[it]?.includes(name)),
  )

/** The moments that a ruleset wants watched. */
export const asked = ({ source: { observe = 'rules' }, plans }: CompiledRuleset) =>
  withTheirParts(observe === 'all' ? allMoments : observe === 'rules' ? [...plans.keys()] : observe)

/** The same, with what they need. Not in the main file: with no ruleset it is the four. */
export const watched = (ruleset: CompiledRuleset): readonly Watched[] =>
  asked(ruleset).map((name) => [name, needs[name] ?? []])
