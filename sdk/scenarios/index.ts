import { backCases } from './cases/back'
import { exitCases } from './cases/exit'
import { hesitationCases } from './cases/hesitation'
import { typingCases } from './cases/typing'
import type { Scenario } from './scenario'

export const scenarios: readonly Scenario[] = [...hesitationCases, ...backCases, ...typingCases, ...exitCases]
