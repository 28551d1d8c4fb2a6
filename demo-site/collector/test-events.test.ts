import { describe, expect, it } from 'vitest'
import { event as eventSchema } from '../../sdk/schema/event'
import {
  decisionEvent,
  ghostEvent,
  missedEvent,
  momentEvent,
  outcomeEvent,
  pageEvent,
  shownEvent,
} from './test-events'

describe('the builders of this test', () => {
  it('make events that the schema knows', () => {
    const all = [
      pageEvent(),
      momentEvent(),
      decisionEvent(),
      shownEvent(),
      missedEvent(),
      ghostEvent(),
      outcomeEvent(),
    ]
    expect(all.map((one) => eventSchema.safeParse(one).error)).toEqual(all.map(() => undefined))
  })
})
