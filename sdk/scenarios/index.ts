import { backCases } from './cases/back'
import { cartCases } from './cases/cart'
import { clickCases } from './cases/clicks'
import { exitCases } from './cases/exit'
import { formCases } from './cases/forms'
import { hesitationCases } from './cases/hesitation'
import { typingCases } from './cases/typing'
import type { Scenario } from './scenario'

export const scenarios: readonly Scenario[] = [
  ...hesitationCases,
  ...backCases,
  ...typingCases,
  ...exitCases,
  ...clickCases,
  ...formCases,
  ...cartCases,
]
