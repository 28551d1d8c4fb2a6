import type { Action } from './action'
import { toldMs } from './copy-code'

/** A shop that has not answered by then has failed: the button must not stay busy for ever. */
const patienceMs = 10_000
const mostText = 200

const textOf = (it: unknown) => {
  const text = it instanceof Error ? it.message : it
  return typeof text === 'string' && text ? text.slice(0, mostText) : undefined
}

/**
 * Hands a code to the shop (`splitsecond.provide('coupon', …)`) and shows what it says: a text it answers with or throws, else the
 * ruleset's `done` or `failed`. A refusal is no fault of ours: the nudge stays, and the button may be pressed again.
 */
export const coupon: Action = {
  available: (_spec, { provided }) => provided('coupon') !== undefined,
  run({ spec: { code = '' }, texts, mounting: { marks }, tell, provided, clock }) {
    const { rule, variant, decision } = marks
    const refused = (reason: unknown) => {
      tell(textOf(reason) ?? texts.failed ?? `✗ ${code}`)
      return undefined
    }
    const late = new Promise((_resolve, reject) => clock.after(patienceMs, () => reject(Error())))
    const applied = async () => provided('coupon')?.(code, { rule, variant, decision })
    return Promise.race([applied(), late]).then((answer) => {
      tell(textOf(answer) ?? texts.done ?? `✓ ${code}`)
      return new Promise((resolve) => clock.after(toldMs, () => resolve('clicked')))
    }, refused)
  },
}
