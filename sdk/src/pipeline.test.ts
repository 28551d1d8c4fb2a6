import { describe, expect, test } from 'vitest'
import { act, found, ghost, hold, withRooms } from '../test/fake-rooms'
import { cart, go, input, scroll, submit } from '../test/signals'
import type { Signal } from './terms'
import type { PageTime } from './time'

const at = (ms: number) => ms as PageTime
const ended = (ms: number) => found({ phase: 'ended', at: ms, heardAt: ms })

describe('from the moment to the pixels', () => {
  test('in one task, the pixels before the events', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    expect(it.calls).toEqual(['decide', 'compose', 'mount', 'say moment', 'say decision', 'remember'])
    expect(it.up()).toBe(1)
  })

  test('the events of one chain know each other', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    it.paint()
    it.clock.advance(500)
    const [momentId] = it.said.map((event) => event['momentId'])
    expect(it.said.map((event) => event['momentId'])).toEqual([momentId, momentId, momentId])
    const [decision, nudge] = it.said.slice(1)
    expect(decision!['decisionId']).toBe(nudge!['decisionId'])
    expect(it.said).toMatchObject([
      {
        type: 'moment',
        at: 2000,
        moment: { name: 'hesitation', phase: 'confirmed', evidence: { dwellMs: 2000, dwellMinMs: 2000 } },
      },
      {
        type: 'decision',
        decision: { verdict: 'show', rule: 'help', variant: 'a', reason: 'shown', owner: 'pricing team' },
      },
      {
        type: 'nudge',
        phase: 'shown',
        rule: 'help',
        variant: 'a',
        channel: { surface: 'toast', device: 'desktop', pageType: 'pricing' },
      },
    ])
  })

  test('every door is stamped; each span stands once, the sums are right', () => {
    const it = withRooms({ takes: { decide: 0.4, mount: 0.6 } })
    it.clock.to(2001.5)
    void it.pipeline.found(found({ onset: 0, at: 2000, heardAt: 2001.2 }))
    it.paint(9.8)
    it.clock.advance(500)
    expect(it.ofType('nudge')).toMatchObject([
      {
        phase: 'shown',
        at: 2012.3,
        splits: {
          wait: 2000,
          capture: 1.2,
          detect: 0.3,
          profile: 0,
          decide: 0.4,
          mount: 0.6,
          paint: 9.8,
          signalToDecision: 1.9,
          decisionToAction: 0.6,
          actionToCustomer: 9.8,
          total: 12.3,
          clockMs: 0.1,
        },
        cost: 1.3,
      },
    ])
  })

  test('a moment that decides to hold mounts nothing and says why', () => {
    const it = withRooms({ decision: hold('condition') })
    void it.pipeline.found(found())
    expect(it.calls).toEqual(['decide', 'say moment', 'say decision', 'remember'])
    expect(it.decisions()).toMatchObject([{ verdict: 'hold', reason: 'condition', rule: 'help' }])
    expect(it.showing.busy().standing).toEqual([])
  })

  test('a suspect and an end are told, and nothing is decided', () => {
    const it = withRooms()
    void it.pipeline.found(found({ phase: 'suspect' }))
    void it.pipeline.found(ended(2500))
    expect(it.decisions()).toEqual([])
    expect(it.remembered).toEqual([])
    expect(it.up()).toBe(0)
    expect(it.said).toMatchObject([
      { moment: { phase: 'suspect' } },
      { at: 2500, moment: { phase: 'ended' } },
    ])
  })

  test('what a suspect would show is made meanwhile, and dropped when nothing comes of it', () => {
    const it = withRooms()
    void it.pipeline.found(found({ phase: 'suspect' }))
    expect(it.prepared).toEqual(['toast'])
    void it.pipeline.found(ended(2500))
    expect(it.prepared).toEqual([])
  })

  test.each([
    ['held', { decision: hold('condition') }],
    ['held out', { decision: ghost }],
    ['without words', { copy: { missing: 'cart.total' } }],
  ])('for a shopper who would be %s nothing is made', (_what, given) => {
    const it = withRooms(given)
    void it.pipeline.found(found({ phase: 'suspect' }))
    expect(it.prepared).toEqual([])
  })

  test('a text with a hole is worse than none', () => {
    const it = withRooms({ copy: { missing: 'cart.items.0.name' } })
    void it.pipeline.found(found())
    expect(it.calls).not.toContain('mount')
    expect(it.decisions()).toMatchObject([{ verdict: 'hold', reason: 'missing-value', rule: 'help' }])
  })

  test.each([
    ['shown', act()],
    ['held out', ghost],
  ])(
    'where the page has no place for it, it is not %s, and the collector hears why',
    (_verdict, decision) => {
      const it = withRooms({ decision, place: false })
      void it.pipeline.found(found())
      it.clock.advance(100)
      expect(it.calls).not.toContain('mount')
      expect(it.spent).toEqual([])
      expect(it.nudgePhases()).toEqual([])
      expect(it.decisions()).toMatchObject([{ verdict: 'hold', reason: 'no-place', rule: 'help' }])
    },
  )

  test('what the moment was about is handed to the nudge, and to no event', () => {
    const it = withRooms()
    void it.pipeline.found(found({ target: 7777 }))
    it.paint()
    it.clock.advance(1000)
    expect(it.targets).toEqual([7777])
    expect(it.nudgePhases()).toEqual(['shown'])
    expect(JSON.stringify(it.said)).not.toContain('7777')
  })

  test('the limits are spent at the paint, not at the decision', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    expect(it.spent).toEqual([])
    it.paint()
    expect(it.spent).toHaveLength(1)
  })
})

describe('waiting for the visitor', () => {
  const waited = async (ms: number, ...meanwhile: (Signal | 'over')[]) => {
    const it = withRooms()
    const arrive = it.waitForProfile()
    void it.pipeline.found(found())
    expect(it.calls).toEqual([])
    for (const signal of meanwhile)
      if (signal === 'over') void it.pipeline.found(ended(2100))
      else it.pipeline.hear(signal)
    it.clock.advance(ms)
    await arrive()
    return it
  }

  test('is the split `profile`', async () => {
    const it = await waited(40)
    it.paint()
    it.clock.advance(500)
    expect(it.ofType('nudge')).toMatchObject([
      { splits: { detect: 0, profile: 40, decide: 0, signalToDecision: 40, total: 50 } },
    ])
  })

  test('for as long as the rule holds, and no longer', async () => {
    expect((await waited(3000)).decisions()).toMatchObject([{ verdict: 'show' }])
    const late = await waited(3001)
    expect(late.decisions()).toMatchObject([{ verdict: 'hold', reason: 'moment-over', rule: 'help' }])
    expect(late.calls).not.toContain('mount')
  })

  test('a moment that ended meanwhile is over', async () => {
    expect((await waited(200, 'over')).decisions()).toMatchObject([{ reason: 'moment-over' }])
  })

  test.each<[string, Signal, boolean]>([
    ['navigate', go('pricing', 'cart').at(2100), true],
    ['submit', submit('#form').at(2100), true],
    ['typing, which this rule does not mind', input('#q', { length: 1, inserted: 1 }).at(2100), false],
  ])('what the shopper did meanwhile cancels: %s', async (_name, signal, cancelled) => {
    const [decision] = (await waited(200, signal)).decisions()
    expect(decision).toMatchObject(cancelled ? { reason: 'cancelled' } : { verdict: 'show' })
  })

  test('what he did before the moment does not', () => {
    const it = withRooms()
    it.pipeline.hear(go('home', 'pricing').at(1000))
    void it.pipeline.found(found())
    expect(it.decisions()).toMatchObject([{ verdict: 'show' }])
  })

  test('a hold keeps its own reason, however late', async () => {
    const it = withRooms({ decision: hold('limit') })
    const arrive = it.waitForProfile()
    void it.pipeline.found(found())
    it.clock.advance(9000)
    await arrive()
    expect(it.decisions()).toMatchObject([{ reason: 'limit' }])
  })
})

describe('waiting for another decider', () => {
  const by = { decider: 'remote', remote: 'won', waitedMs: 40 } as const
  const waited = async (ms: number, ...meanwhile: (Signal | 'over' | 'stop')[]) => {
    const it = withRooms()
    const answer = it.waitForEngine()
    void it.pipeline.found(found())
    expect(it.calls).toEqual(['decide'])
    for (const signal of meanwhile)
      if (signal === 'over') void it.pipeline.found(ended(2010))
      else if (signal === 'stop') it.pipeline.stop()
      else it.pipeline.hear(signal)
    it.clock.advance(ms)
    await answer(act({ by }))
    return it
  }

  test('is a part of the split `decide`, and no cost of the main thread; the events tell who decided', async () => {
    const it = await waited(40)
    it.paint()
    it.clock.advance(500)
    expect(it.decisions()).toMatchObject([{ verdict: 'show', rule: 'help', ...by }])
    expect(it.ofType('nudge')).toMatchObject([
      {
        phase: 'shown',
        decider: 'remote',
        splits: { profile: 0, decide: 40, signalToDecision: 40, paint: 10, total: 50 },
        cost: 0,
      },
    ])
  })

  test.each<[string, Signal | 'over', string]>([
    ['the moment ends', 'over', 'moment-over'],
    ['navigate', go('pricing', 'cart').at(2010), 'cancelled'],
    ['submit', submit('#form').at(2010), 'cancelled'],
  ])('meanwhile %s', async (_name, signal, reason) => {
    const it = await waited(40, signal)
    expect(it.decisions()).toMatchObject([{ verdict: 'hold', reason, rule: 'help', ...by }])
    expect(it.calls).not.toContain('mount')
  })

  test('for longer than the rule is valid', async () => {
    expect((await waited(3001)).decisions()).toMatchObject([{ reason: 'moment-over' }])
  })

  test('a page that is left meanwhile hears nothing more', async () => {
    const it = await waited(40, 'stop')
    expect(it.calls).toEqual(['decide'])
    expect(it.said).toEqual([])
  })
})

test('without another decider no event speaks of one', () => {
  const it = withRooms()
  void it.pipeline.found(found())
  it.paint()
  it.clock.advance(500)
  expect(JSON.stringify(it.said)).not.toMatch(/decider|remote|waitedMs/)
})

describe('between mount and paint', () => {
  const all = ['typing', 'scroll', 'navigate', 'add-to-cart', 'submit'] as const
  const cancelling: [string, Signal][] = [
    ['typing', input('#q', { length: 1, inserted: 1 }).at(2005)],
    ['scroll', scroll(300).at(2005)],
    ['navigate', go('pricing', 'cart').at(2005)],
    ['add-to-cart', cart({ added: 1 }).at(2005)],
    ['submit', submit('#form').at(2005)],
  ]

  test.each(cancelling)('%s takes it down where the rule says so', (name, signal) => {
    const it = withRooms({ decision: act({ cancelOn: all.filter((cancel) => cancel === name) }) })
    void it.pipeline.found(found())
    it.pipeline.hear(signal)
    expect(it.up()).toBe(0)
    expect(it.showing.busy().standing).toEqual([])
    expect(it.ofType('nudge')).toMatchObject([{ phase: 'missed', fit: 'missed', reason: 'cancelled' }])
    expect(it.spent).toEqual([])
  })

  test.each(cancelling)('%s does nothing where it does not', (name, signal) => {
    const it = withRooms({ decision: act({ cancelOn: all.filter((cancel) => cancel !== name) }) })
    void it.pipeline.found(found())
    it.pipeline.hear(signal)
    expect(it.up()).toBe(1)
  })

  test.each<[string, Signal]>([
    ['a scroll by the page', scroll(300, { byShopper: false }).at(2005)],
    ['a product removed', cart({ removed: 1 }).at(2005)],
  ])('%s cancels nothing', (_name, signal) => {
    const it = withRooms({ decision: act({ cancelOn: all }) })
    void it.pipeline.found(found())
    it.pipeline.hear(signal)
    expect(it.up()).toBe(1)
  })

  test('a page that is hidden was not seen: missed', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    it.showing.leave(at(2005))
    expect(it.up()).toBe(0)
    expect(it.ofType('nudge')).toMatchObject([{ phase: 'missed', fit: 'missed', reason: 'moment-over' }])
  })

  test('a moment that is over before the paint is missed, never "in the moment"', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    void it.pipeline.found(ended(2005))
    expect(it.up()).toBe(0)
    expect(it.ofType('nudge')).toMatchObject([{ phase: 'missed', fit: 'missed', reason: 'moment-over' }])
    expect(it.spent).toEqual([])
  })

  test('the end of another moment is none of its business', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    void it.pipeline.found(found({ name: 'exit-intent', phase: 'ended', at: 2005 }))
    expect(it.up()).toBe(1)
  })

  test('a page that is busy until the moment is over: it is taken down before the frame that would show it', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    it.clock.block(5000)
    expect(it.up()).toBe(0)
    expect(it.ofType('nudge')).toMatchObject([
      { phase: 'missed', fit: 'missed', reason: 'moment-over', at: 7000 },
    ])
    expect(it.spent).toEqual([])
    expect(it.clock.pending()).toBe(0)
  })

  test('nor is it painted after its time, where frames come and it cannot be seen', () => {
    const it = withRooms({ decision: act({ validForMs: 800 }) })
    void it.pipeline.found(found({ at: 1500 }))
    it.clock.to(2299)
    expect(it.up()).toBe(1)
    it.clock.to(2300)
    expect(it.ofType('nudge')).toMatchObject([{ phase: 'missed', reason: 'moment-over' }])
  })

  test('what was painted in time stays', () => {
    const it = withRooms({ decision: act({ validForMs: 800 }) })
    void it.pipeline.found(found({ at: 1500 }))
    it.paint()
    it.clock.advance(9000)
    expect(it.up()).toBe(1)
    expect(it.nudgePhases()).toEqual(['shown'])
  })

  test('nudges in different slots stand at once, and each has its own end', () => {
    const it = withRooms({ decision: act({ slot: 'help', cancelOn: ['scroll'] }) })
    void it.pipeline.found(found())
    it.paint()
    it.decideNext(act({ rule: 'other' }))
    void it.pipeline.found(found({ name: 'exit-intent' }))
    expect(it.up()).toBe(2)
    expect(it.showing.busy().standing).toMatchObject([{ slot: 'help' }, { slot: 'default', rule: 'other' }])
    it.pipeline.hear(go('pricing', 'cart').at(2015))
    expect(it.ofType('nudge')).toMatchObject([{ phase: 'missed', rule: 'other', reason: 'cancelled' }])
    expect(it.showing.busy().standing).toMatchObject([{ slot: 'help' }])
    it.pipeline.stop()
    expect(it.up()).toBe(0)
  })

  test('its place goes before anybody saw it there: missed, and nothing is spent', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    it.use('expired')
    expect(it.nudgePhases()).toEqual(['missed'])
    expect(it.ofType('nudge')).toMatchObject([{ fit: 'missed', reason: 'no-place' }])
    expect(it.spent).toEqual([])
    expect(it.showing.busy().standing).toEqual([])
  })

  test('what draws it fails on this page: missed, and the slot is free', () => {
    const it = withRooms({ fails: true })
    void it.pipeline.found(found())
    it.clock.advance(1)
    expect(it.said.map(({ type }) => type)).toEqual(['moment', 'decision', 'nudge'])
    expect(it.ofType('nudge')).toMatchObject([{ phase: 'missed', reason: 'quarantined' }])
    expect(it.decisions()).toMatchObject([{ verdict: 'show' }])
    expect(it.showing.busy().standing).toEqual([])
    it.clock.advance(10_000)
    expect(it.nudgePhases()).toEqual(['missed'])
  })

  test('it is busy from the mount until it is down', () => {
    const it = withRooms()
    expect(it.showing.busy().standing).toEqual([])
    void it.pipeline.found(found())
    expect(it.showing.busy().standing).toMatchObject([{ rule: 'help' }])
    it.paint()
    it.clock.advance(600)
    expect(it.showing.busy().standing).toMatchObject([{ rule: 'help' }])
    it.use('dismissed')
    expect(it.showing.busy().standing).toEqual([])
    expect(it.up()).toBe(0)
  })
})

describe('was he still in the moment?', () => {
  /** Painted at 2010. */
  const shown = () => {
    const it = withRooms()
    void it.pipeline.found(found())
    it.paint(10)
    return it
  }
  const fits = (it: ReturnType<typeof shown>) =>
    it.ofType('nudge').map((event) => [event['phase'], event['fit'], event.at])

  test('settled 500 ms after the paint: in the moment; told once, at the paint', () => {
    const it = shown()
    it.clock.advance(499)
    expect(fits(it)).toEqual([])
    it.clock.advance(1)
    expect(fits(it)).toEqual([['shown', 'in-moment', 2010]])
    void it.pipeline.found(ended(5000))
    it.showing.leave(at(6000))
    expect(fits(it)).toHaveLength(1)
    expect(it.clock.pending()).toBe(0)
  })

  test('a moment that ends sooner than 500 ms after the paint: late, and the nudge stays', () => {
    const it = shown()
    it.clock.advance(300)
    void it.pipeline.found(ended(2310))
    expect(fits(it)).toEqual([['shown', 'late', 2010]])
    expect(it.up()).toBe(1)
    it.clock.advance(1000)
    expect(fits(it)).toHaveLength(1)
    expect(it.clock.pending()).toBe(0)
  })

  test('hidden or left sooner: late', () => {
    const it = shown()
    it.clock.advance(100)
    it.showing.leave(at(2110))
    expect(fits(it)).toEqual([['shown', 'late', 2010]])
  })

  test('hidden after it was settled changes nothing', () => {
    const it = shown()
    it.clock.advance(500)
    it.showing.leave(at(2510))
    expect(it.nudgePhases()).toEqual(['shown'])
  })

  test('used sooner: it fitted, and what he did follows the showing', () => {
    const it = shown()
    it.clock.advance(200)
    it.use('clicked', 1)
    expect(it.ofType('nudge')).toMatchObject([
      { phase: 'shown', fit: 'in-moment', at: 2010 },
      { phase: 'clicked', action: 1, shownMs: 200, at: 2210 },
    ])
    expect(it.up()).toBe(0)
    expect(it.clock.pending()).toBe(0)
  })

  test('an action that was followed has helped; one that only closes has not', () => {
    const followed = shown()
    followed.use('clicked', 0)
    expect(followed.helped).toEqual(followed.spent)
    for (const end of ['dismissed', 'expired'] as const) {
      const left = shown()
      left.use(end)
      expect(left.helped).toEqual([])
    }
  })

  test('every event of a step of a ladder names it', () => {
    const it = withRooms({ decision: act({ step: 'chat' }) })
    void it.pipeline.found(found())
    it.paint()
    it.clock.advance(500)
    it.use('dismissed')
    expect(it.ofType('decision')[0]).toMatchObject({ decision: { step: 'chat' } })
    expect(it.ofType('nudge').map(({ phase, step }) => [phase, step])).toEqual([
      ['shown', 'chat'],
      ['dismissed', 'chat'],
    ])
  })

  test('used after the moment was over: it is told as late, and the use is told', () => {
    const it = shown()
    it.clock.advance(100)
    void it.pipeline.found(ended(2110))
    it.clock.advance(20)
    it.use('clicked', 0)
    expect(fits(it)).toEqual([
      ['shown', 'late', 2010],
      ['clicked', undefined, 2130],
    ])
  })

  test('used before the frame was reported: it was seen none the less, and is spent once', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    it.clock.advance(8)
    it.use('clicked', 0)
    expect(it.nudgePhases()).toEqual(['shown', 'clicked'])
    expect(it.spent).toHaveLength(1)
  })

  test('gone by itself: expired', () => {
    const it = shown()
    it.clock.advance(8000)
    it.use('expired')
    expect(it.ofType('nudge')).toMatchObject([
      { phase: 'shown', fit: 'in-moment' },
      { phase: 'expired', shownMs: 8000 },
    ])
  })

  test('what is painted is not cancelled any more', () => {
    const it = shown()
    it.pipeline.hear(go('pricing', 'cart').at(2100))
    expect(it.up()).toBe(1)
    it.clock.advance(500)
    expect(it.nudgePhases()).toEqual(['shown'])
  })
})

describe('the held-out visitor', () => {
  const haunted = () => {
    const it = withRooms({ decision: ghost, takes: { decide: 0.4, mount: 0 } })
    void it.pipeline.found(found())
    return it
  }

  test('goes the same way to the would-be paint and spends the same', () => {
    const it = haunted()
    expect(it.calls).toEqual(['decide', 'compose', 'say moment', 'say decision', 'remember'])
    expect(it.showing.busy().standing).toMatchObject([{ rule: 'help' }])
    expect(it.spent).toEqual([])
    it.clock.advance(16)
    expect(it.spent).toHaveLength(1)
    expect(it.showing.busy().standing).toEqual([])
    expect(it.ofType('nudge')).toMatchObject([
      {
        phase: 'ghost',
        rule: 'help',
        variant: 'a',
        splits: { decide: 0.4, signalToDecision: 0.4, mount: null, paint: null, total: null },
      },
    ])
    expect(it.ofType('nudge')[0]).not.toHaveProperty('fit')
    expect(it.up()).toBe(0)
  })

  test.each<[string, (it: ReturnType<typeof haunted>) => void]>([
    ['cancelled', (it) => it.pipeline.hear(go('pricing', 'cart').at(2005))],
    ['hidden', (it) => it.showing.leave(at(2005))],
    ['the moment over', (it) => void it.pipeline.found(ended(2005))],
    ['a page that is busy until it is over', (it) => it.clock.block(5000)],
  ])('where a nudge would have been missed he spends nothing: %s', (_name, happens) => {
    const it = haunted()
    happens(it)
    it.clock.advance(1000)
    expect(it.spent).toEqual([])
    expect(it.nudgePhases()).toEqual([])
    expect(it.showing.busy().standing).toEqual([])
  })

  test('a text with a hole holds him as well', () => {
    const it = withRooms({ decision: ghost, copy: { missing: 'visitor.name' } })
    void it.pipeline.found(found())
    expect(it.decisions()).toMatchObject([{ verdict: 'hold', reason: 'missing-value' }])
    expect(it.clock.pending()).toBe(0)
  })
})

describe('the trace', () => {
  test('of a decision that is held after all is read only when asked for, and is that of the decision', () => {
    let read = 0
    const trace = [{ rule: 'help', clause: 'cart.total $gte', observed: 1, wanted: 2, passed: false }]
    const lazy = Object.defineProperty(act(), 'trace', {
      get() {
        read++
        return trace
      },
    })
    const it = withRooms({ decision: lazy, copy: { missing: 'x' } })
    void it.pipeline.found(found())
    expect(it.remembered).toMatchObject([{ verdict: 'hold', reason: 'missing-value', rule: 'help' }])
    expect(read).toBe(0)
    expect(it.remembered[0]!.trace).toBe(trace)
    expect(read).toBe(1)
  })
})

describe('stop', () => {
  test('takes the nudge down; no timer is left, no event follows', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    it.paint()
    const before = it.said.length
    it.pipeline.stop()
    it.clock.advance(5000)
    expect(it.up()).toBe(0)
    expect(it.clock.pending()).toBe(0)
    expect(it.said).toHaveLength(before)
  })

  test('nor after a ghost', () => {
    const it = withRooms({ decision: ghost })
    void it.pipeline.found(found())
    const before = it.said.length
    it.pipeline.stop()
    it.clock.advance(5000)
    expect(it.said).toHaveLength(before)
    expect(it.spent).toEqual([])
  })

  test('nor from a moment that still waited for the visitor', async () => {
    const it = withRooms()
    const arrive = it.waitForProfile()
    void it.pipeline.found(found())
    it.pipeline.stop()
    await arrive()
    expect(it.said).toEqual([])
    expect(it.up()).toBe(0)
  })
})

describe('a ruleset comes that has lost the rule', () => {
  const lost = (rule: string) => rule === 'help'

  test('what the customer sees of it goes, and is told as expired', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    it.paint()
    it.clock.advance(700)
    it.showing.retire(lost)
    expect(it.up()).toBe(0)
    expect(it.nudgePhases()).toEqual(['shown', 'expired'])
    expect(it.said.at(-1)).toMatchObject({ phase: 'expired', shownMs: 700 })
  })

  test('what is on its way is missed', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    it.showing.retire(lost)
    expect(it.up()).toBe(0)
    expect(it.said.at(-1)).toMatchObject({ phase: 'missed', reason: 'cancelled' })
    expect(it.spent).toEqual([])
  })

  test('a held-out visitor spends nothing either', () => {
    const it = withRooms({ decision: ghost })
    void it.pipeline.found(found())
    it.showing.retire(lost)
    it.clock.advance(5_000)
    expect(it.nudgePhases()).toEqual([])
    expect(it.spent).toEqual([])
  })

  test('that of another rule stays', () => {
    const it = withRooms()
    void it.pipeline.found(found())
    it.paint()
    it.showing.retire((rule) => rule === 'offer')
    expect(it.up()).toBe(1)
  })
})
