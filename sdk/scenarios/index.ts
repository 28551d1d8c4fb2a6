import { backCases } from './cases/back'
import { cartCases } from './cases/cart'
import { clickCases } from './cases/clicks'
import { exitCases } from './cases/exit'
import { formCases } from './cases/forms'
import { hesitationCases } from './cases/hesitation'
import { typingCases } from './cases/typing'
import type { Scenario } from './scenario'

/** By what they are about: stories of a moment, and those that look like one and are none. */
export const cases: Readonly<Record<string, readonly Scenario[]>> = {
  hesitation: hesitationCases,
  back: backCases,
  typing: typingCases,
  exit: exitCases,
  clicks: clickCases,
  forms: formCases,
  cart: cartCases,
}

export const scenarios: readonly Scenario[] = Object.values(cases).flat()
