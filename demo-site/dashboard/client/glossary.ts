/** What each figure means, in the words of the contract: the question that it answers. */
import type { HoldReason } from '../../../sdk/schema/event'
import type { SplitName } from '../../collector/columns'

/** The steps that a chain goes through, in order; together they are `total`. */
export const steps = [
  'capture',
  'detect',
  'profile',
  'decide',
  'mount',
  'paint',
] as const satisfies SplitName[]

export type Step = (typeof steps)[number]

export const sums = [
  'signalToDecision',
  'decisionToAction',
  'actionToCustomer',
  'total',
] as const satisfies SplitName[]

export const splitNames: Readonly<Record<SplitName, string>> = {
  wait: 'Wait',
  capture: 'Capture',
  detect: 'Detect',
  profile: 'Profile',
  decide: 'Decide',
  mount: 'Mount',
  paint: 'Paint',
  signalToDecision: 'Signal to decision',
  decisionToAction: 'Decision to action',
  actionToCustomer: 'Action to customer',
  total: 'Total',
}

export const splitQuestions: Readonly<Record<SplitName, string>> = {
  wait: 'How long did we choose to watch before we called it a moment?',
  capture: 'Was the page too busy to hear the shopper?',
  detect: 'How long did it take to recognise the moment?',
  profile: 'Did we wait for data about the visitor?',
  decide: 'How long did it take to choose what to do?',
  mount: 'How long did it take to build the nudge?',
  paint: 'How long until the shopper could see it?',
  signalToDecision: 'Capture, detect, profile and decide',
  decisionToAction: 'Mount',
  actionToCustomer: 'Paint',
  total: 'From the shopper’s signal to a nudge in sight',
}

export const reasonTexts: Readonly<Record<HoldReason, string>> = {
  'no-ruleset': 'No rules were loaded',
  'no-rule': 'No rule listens to this moment',
  condition: 'The rule’s conditions were not met',
  'missing-attribute': 'A condition asked for something not known',
  'missing-value': 'The text needed a value not known',
  limit: 'The shopper has had their share of nudges',
  cooldown: 'Too soon after the last one',
  holdout: 'Held out, to compare against',
  consent: 'The rule needs consent',
  expired: 'The rule’s time is over',
  'moment-over': 'The moment ended first',
  cancelled: 'The shopper moved on first',
  outranked: 'A nudge of higher priority was there',
  busy: 'Another nudge was there, or the shopper was busy',
  'no-place': 'The page had no place for the nudge',
  quarantined: 'A part failed and was switched off',
}

export const isHoldReason = (reason: string): reason is HoldReason => Object.hasOwn(reasonTexts, reason)
