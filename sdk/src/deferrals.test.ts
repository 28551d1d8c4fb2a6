import { describe, expect, test } from 'vitest'
import { act, found, ghost, hold, withRooms } from '../test/fake-rooms'
import { go, input } from '../test/signals'
import type { Decision } from './decide'
import type { PageTime } from './time'

/** The rule waits while the shopper is busy; then it is decided as given. */
const waits =
  (then: Decision = act(), bounds: Partial<ReturnType<typeof act>> = {}) =>
  (unrest: readonly unknown[]): Decision => {
    const { rule, owner, slot, priority, validForMs, cancelOn } = act(bounds)
    const despite = ['banner'] as const
    const defer = { rule, owner, slot, priority, alone: false, despite, validForMs, cancelOn }
    return unrest.some((it) => it !== 'banner') ? { ...hold('busy'), defer } : then
  }

const typing = (decision = waits()) => {
  const it = withRooms({ decision })
  it.busyWith('typing')
  void it.pipeline.found(found())
  return it
}
const ended = (ms: number) => found({ phase: 'ended', at: ms, heardAt: ms })

describe('a decision that waits for a calm instant', () => {
  test('tells of the moment at once, and of no decision yet', () => {
    const it = typing()
    expect(it.calls).toEqual(['decide', 'say moment'])
    expect(it.showing.busy().standing).toEqual([])
  })

  test('is made anew there, and told once', () => {
    const it = typing()
    it.clock.to(3400)
    it.busyWith()
    it.clock.advance(100)
    expect(it.calls).toEqual([
      'decide',
      'say moment',
      'decide',
      'compose',
      'mount',
      'say decision',
      'remember',
    ])
    expect(it.decisions()).toMatchObject([{ verdict: 'show', rule: 'help', deferredMs: 1500 }])
    expect(it.said.map((event) => event['momentId'])).toEqual(['id1', 'id1'])
    it.clock.advance(9000)
    expect(it.ofType('decision')).toHaveLength(1)
  })

  test('goes while that lasts which is none of its concern', () => {
    const it = withRooms({ decision: waits() })
    it.busyWith('typing', 'banner')
    void it.pipeline.found(found())
    it.clock.to(3400)
    expect(it.decisions()).toEqual([])
    it.busyWith('banner')
    it.clock.advance(100)
    expect(it.decisions()).toMatchObject([{ verdict: 'show', deferredMs: 1500 }])
  })

  test('its wait stands beside the sums', () => {
    const it = withRooms({ decision: waits(), takes: { decide: 0.2, mount: 0.5 } })
    it.busyWith('dialog')
    void it.pipeline.found(found({ at: 1999, heardAt: 1999.5 }))
    it.clock.to(2650)
    it.busyWith()
    it.paint(100)
    it.clock.advance(500)
    const [shown] = it.ofType('nudge')
    expect(shown).toMatchObject({ phase: 'shown', fit: 'in-moment' })
    expect(shown!['splits']).toMatchObject({
      capture: 0.5,
      detect: 0.5,
      profile: 0,
      decide: 0.2,
      deferred: 700.2,
      mount: 0.5,
      signalToDecision: 1.2,
      decisionToAction: 0.5,
    })
    const { total, signalToDecision, decisionToAction, actionToCustomer } = shown!['splits'] as Record<
      string,
      number
    >
    expect(total).toBeCloseTo(signalToDecision! + decisionToAction! + actionToCustomer!, 5)
  })

  test('who did not wait has no such split', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    it.paint()
    it.clock.advance(500)
    expect(it.ofType('nudge')[0]!['splits']).not.toHaveProperty('deferred')
    expect(it.decisions()).toMatchObject([{ deferredMs: undefined }])
  })

  test.each<[string, Decision, object]>([
    ['another rule wins', act({ rule: 'other' }), { verdict: 'show', rule: 'other' }],
    ['none applies any more', hold('condition'), { verdict: 'hold', reason: 'condition' }],
    ['he is held out', ghost, { verdict: 'ghost' }],
  ])('where %s', (_name, then, decision) => {
    const it = typing(waits(then))
    it.busyWith()
    it.clock.advance(100)
    expect(it.decisions()).toMatchObject([decision])
  })

  test('holds with `busy` where no calm instant comes in time', () => {
    const it = typing()
    it.clock.to(4999)
    expect(it.ofType('decision')).toEqual([])
    it.clock.to(5000)
    expect(it.decisions()).toMatchObject([
      { verdict: 'hold', reason: 'busy', rule: 'help', deferredMs: 3000 },
    ])
    expect(it.nudgePhases()).toEqual([])
    expect(it.remembered).toHaveLength(1)
    expect(it.clock.pending()).toBe(0)
  })

  test('is too late where the page let the time pass', () => {
    const it = typing()
    it.busyWith()
    it.clock.block(4000)
    expect(it.decisions()).toMatchObject([{ verdict: 'hold', reason: 'moment-over' }])
  })

  test('is over with its moment, and with the page out of sight', () => {
    const over = typing()
    void over.pipeline.found(ended(2300))
    const hidden = typing()
    hidden.showing.leave(2300 as PageTime)
    for (const it of [over, hidden]) {
      expect(it.decisions()).toMatchObject([{ verdict: 'hold', reason: 'moment-over', rule: 'help' }])
      expect(it.clock.pending()).toBe(0)
    }
  })

  test('is cancelled by what its rule names', () => {
    const it = typing()
    it.pipeline.hear(input('#q', { length: 1, inserted: 1 }).at(2100))
    expect(it.decisions()).toEqual([])
    it.pipeline.hear(go('pricing', 'cart').at(2200))
    expect(it.decisions()).toMatchObject([{ verdict: 'hold', reason: 'cancelled', rule: 'help' }])
  })

  test('waits not at all where it is too late already', () => {
    const it = withRooms({ decision: waits(act(), { validForMs: 300 }) })
    it.busyWith('typing')
    void it.pipeline.found(found({ at: 1600 }))
    expect(it.decisions()).toMatchObject([{ reason: 'moment-over', deferredMs: undefined }])
  })

  test('two moments wait side by side, and each is decided', () => {
    const it = typing()
    void it.pipeline.found(found({ name: 'exit-intent', at: 2000 }))
    it.busyWith()
    it.clock.advance(100)
    it.paint()
    // The second waits on, now for the slot.
    expect(it.ofType('decision')).toHaveLength(1)
    it.use('dismissed')
    it.clock.advance(100)
    expect(it.ofType('decision')).toHaveLength(2)
    expect(it.up()).toBe(1)
  })

  test('of two that wait the higher goes first, though it came later', () => {
    const it = withRooms({ decision: waits(act({ rule: 'low' })) })
    it.busyWith('typing')
    void it.pipeline.found(found())
    it.clock.to(2030)
    it.decideNext(waits(act(), { priority: 5 })(['typing']))
    void it.pipeline.found(found({ name: 'exit-intent', at: 2030, heardAt: 2030 }))
    it.decideNext(act({ rule: 'high', priority: 5 }))
    it.busyWith()
    it.clock.advance(100)
    expect(it.decisions()).toMatchObject([{ rule: 'high', deferredMs: 100 }])
    expect(it.said.at(-1)).toMatchObject({ momentId: 'id2' })
  })

  test('that its slot stays taken is told when the moment is over', () => {
    const it = withRooms({ decision: waits() })
    void it.pipeline.found(found())
    it.paint()
    it.busyWith('typing')
    void it.pipeline.found(found({ name: 'exit-intent', at: 2010 }))
    it.busyWith()
    it.decideNext(waits()(['typing']))
    it.clock.to(5010)
    expect(it.decisions()).toMatchObject([{ verdict: 'show' }, { reason: 'busy', deferredMs: 3000 }])
    expect(it.up()).toBe(1)
  })

  test('is forgotten by `stop`', () => {
    const it = typing()
    it.pipeline.stop()
    it.busyWith()
    it.clock.advance(9000)
    expect(it.clock.pending()).toBe(0)
    expect(it.ofType('decision')).toEqual([])
  })
})
