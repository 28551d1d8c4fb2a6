import { beforeEach, describe, expect, test, vi } from 'vitest'
import { deciderRequest } from '../schema'
import { createFakeSend, type Reply } from '../test/fake-send'
import { createSettlingClock } from '../test/settling-clock'
import { compile, decide, type DecideInput } from './decide'
import { createRule, createRuleset, nudge } from './decide/rules.fixture'
import { createDecider, type Decider } from './decider'
import type { Options } from './options'
import type { PageTime } from './time'

beforeEach(() => {
  vi.stubGlobal('location', new URL('https://shop.example/pricing'))
  vi.stubGlobal('document', { baseURI: 'https://shop.example/pricing' })
})

const help = createRule({ id: 'help', when: { tier: { $exists: false } } })
const other = createRule({ id: 'other', when: { tier: 'gold' } })
const names = (rule: string, verdict = 'show') => ({ verdict, rule })

/** A page with the local rule `help`, and an engine. */
function pageWith(
  decider: Options['decider'] | Reply,
  {
    deadline,
    rules = [help, other],
    envelope,
  }: { deadline?: unknown; rules?: object[]; envelope?: object } = {},
) {
  const clock = createSettlingClock()
  const lines: string[] = []
  const state = { consent: true, busy: false, ruleset: compile(createRuleset(rules, envelope)).ruleset }
  const reply = typeof decider === 'object' ? decider : {}
  const network = createFakeSend(clock, () => reply)
  const own = createDecider({
    clock,
    send: network.send,
    core: { compile, decide },
    options: {
      decider: typeof decider === 'object' ? '/decide' : decider!,
      ...(deadline === undefined ? {} : { deciderDeadline: deadline as number }),
    },
    named: (option) => `data-${option}`,
    complain: (line) => lines.push(line),
    granted: () => state.consent,
  })
  const input = (moment: string): DecideInput => ({
    moment: { name: moment, evidence: { dwellMs: 2210 } },
    attributes: { page: { type: 'pricing' }, flags: () => true },
    visitor: { id: 'u1', session: 's1', shown: [], consent: state.consent ? 'granted' : 'denied' },
    now: clock.toEpoch(clock.now()),
    busy: state.busy,
  })
  const ask = (moment = 'hesitation', at = clock.now()) =>
    own.decide(() => [state.ruleset, input(moment)], at)
  return {
    clock,
    lines,
    state,
    network,
    ask,
    stop: own.stop,
    /** What is decided when so much time has passed. */
    async after(ms: number, moment?: string) {
      const decision = ask(moment)
      await clock.advance(ms)
      return decision
    },
  }
}
const answering = (answer: unknown, more: Reply = {}): Reply => ({ text: JSON.stringify(answer), ...more })

describe('an engine behind an address', () => {
  test('is told what the ruleset was asked and what it said, and wins in time', async () => {
    const page = pageWith(answering(names('other'), { afterMs: 30 }))
    const decision = await page.after(30)
    expect(decision).toMatchObject({
      verdict: 'show',
      rule: 'other',
      by: { decider: 'remote', remote: 'won', waitedMs: 30 },
    })
    const [request] = page.network.sent
    expect(request).toMatchObject({
      url: '/decide',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    })
    const told = deciderRequest.strict().parse(JSON.parse(request!.body!))
    expect(told).toMatchObject({
      moment: { name: 'hesitation', evidence: { dwellMs: 2210 } },
      attributes: { page: { type: 'pricing' } },
      visitor: { id: 'u1', session: 's1', shown: [] },
      ruleset: { version: 1 },
      local: { verdict: 'show', reason: 'shown', rule: 'help', variant: 'a' },
      deadlineMs: 50,
    })
    expect(page.clock.pending()).toBe(0)
    expect(page.lines).toEqual([])
  })

  test('on another origin is reached without a preflight', async () => {
    const page = pageWith('https://engine.example/decide')
    await page.after(50)
    expect(page.network.sent[0]).toMatchObject({ url: 'https://engine.example/decide', headers: {} })
  })

  test.each<[string, Reply, string, RegExp | undefined]>([
    ['late', answering(names('other'), { afterMs: 51 }), 'late', undefined],
    ['never', { hang: true }, 'late', undefined],
    ['500', { status: 500 }, 'failed', /^data-decider: wanted an answer 200, found 500$/],
    ['gone', { status: 0 }, 'failed', /^data-decider: Failed to fetch$/],
    [
      'garbage',
      { text: '<!doctype html>' },
      'failed',
      /^data-decider: wanted JSON, found "<!doctype html>"$/,
    ],
    ['nothing', { text: '' }, 'failed', /wanted JSON/],
    [
      'no decision',
      answering([1]),
      'failed',
      /^data-decider: ruleset: wanted a decision|^data-decider: wanted a decision/,
    ],
    ['an unknown rule', answering(names('unknown')), 'failed', /^data-decider: rule: wanted a rule in force/],
    [
      'a hostile link',
      answering({
        ...names('x'),
        nudge: { ...nudge, actions: [{ label: { en: 'Go' }, do: 'link', href: 'javascript:alert(1)' }] },
      }),
      'failed',
      /^data-decider: nudge\.actions\[0\]\.href: wanted a link/,
    ],
  ])('%s: the local decision, by the deadline', async (_name, reply, remote, line) => {
    const page = pageWith(reply)
    const decision = await page.after(50)
    expect(decision).toMatchObject({
      verdict: 'show',
      rule: 'help',
      variant: 'a',
      by: { decider: 'local', remote },
    })
    expect(decision.by!.waitedMs).toBeLessThanOrEqual(50)
    expect(page.lines).toHaveLength(line ? 1 : 0)
    if (line) expect(page.lines[0]).toMatch(line)
    // The second time the console knows already.
    await page.after(50)
    expect(page.lines).toHaveLength(line ? 1 : 0)
  })

  test('an answer that comes late changes nothing, and keeps its connection', async () => {
    const page = pageWith(answering(names('other'), { afterMs: 400 }))
    const decision = await page.after(50)
    expect(page.network.flying.size).toBe(1)
    await page.clock.advance(1000)
    expect(page.network.sent[0]!.answered).toBe(true)
    expect(decision).toMatchObject({ rule: 'help', by: { remote: 'late' } })
  })

  test('has the deadline that the shop gives, from the tag as text', async () => {
    const page = pageWith(answering(names('other'), { afterMs: 110 }), { deadline: '120' })
    expect(await page.after(120)).toMatchObject({ rule: 'other', by: { waitedMs: 110 } })
    expect(page.lines).toEqual([])
  })

  test('is not waited for longer than the nudge is good for', async () => {
    const brief = createRule({ id: 'help', validForMs: 20 })
    const page = pageWith({ hang: true }, { rules: [brief] })
    expect(await page.after(20)).toMatchObject({ rule: 'help', by: { remote: 'late', waitedMs: 20 } })
    await page.clock.advance(100)
    expect(page.ask('hesitation', 0 as PageTime)).toMatchObject({ by: { decider: 'local' } })
  })
})

describe('a function', () => {
  test.each<[string, Decider]>([
    ['at once', () => ({ verdict: 'show', rule: 'other' })],
    ['later', () => Promise.resolve({ verdict: 'show', rule: 'other' })],
  ])('answers %s', async (_name, decider) => {
    expect(await pageWith(decider).after(0)).toMatchObject({
      rule: 'other',
      by: { decider: 'remote', remote: 'won' },
    })
  })

  test('hears the input and the local decision, and may hand that back', async () => {
    const decider = vi.fn<Decider>((_input, local) => local)
    const page = pageWith(decider)
    expect(await page.after(0)).toMatchObject({
      rule: 'help',
      variant: 'a',
      nudge,
      by: { decider: 'remote' },
    })
    expect(decider.mock.calls[0]).toMatchObject([
      { moment: { name: 'hesitation' } },
      { verdict: 'show', rule: 'help' },
    ])
  })

  test.each<[string, Decider]>([
    [
      'throws',
      () => {
        throw Error('no model')
      },
    ],
    ['rejects', () => Promise.reject(Error('no model'))],
  ])('that %s: the local decision', async (_name, decider) => {
    const page = pageWith(decider)
    expect(await page.after(0)).toMatchObject({ rule: 'help', by: { decider: 'local', remote: 'failed' } })
    expect(page.lines).toEqual(['data-decider: no model'])
  })

  test('that never settles: the local decision, at the deadline', async () => {
    expect(await pageWith(() => new Promise(() => {})).after(50)).toMatchObject({
      rule: 'help',
      by: { remote: 'late', waitedMs: 50 },
    })
  })
})

describe('what is decided is decided on things as they stand then', () => {
  test.each([
    ['in time', 40, 'remote'],
    ['late', 60, 'local'],
  ] as const)('%s: the stage is taken meanwhile', async (_name, afterMs, decider) => {
    const page = pageWith(answering(names('other'), { afterMs }))
    const decision = page.ask()
    page.state.busy = true
    await page.clock.advance(50)
    expect(await decision).toMatchObject({ verdict: 'hold', reason: 'busy', by: { decider } })
  })

  test('a newer ruleset has come', async () => {
    const page = pageWith(answering(names('other'), { afterMs: 40 }))
    const decision = page.ask()
    page.state.ruleset = compile(createRuleset([help], { version: 2 })).ruleset
    await page.clock.advance(50)
    expect(await decision).toMatchObject({ rule: 'help', by: { decider: 'local', remote: 'failed' } })
  })

  test('the trace is that of what decided', async () => {
    const page = pageWith(answering(names('other')), { rules: [help, { ...other, limits: { perDay: 3 } }] })
    expect((await page.after(0)).trace).toMatchObject([
      { rule: 'other', clause: 'limits.perDay', observed: 0, wanted: 3 },
      { clause: 'slot' },
      { clause: 'busy' },
      { clause: 'calm' },
    ])
  })
})

describe('without consent', () => {
  test('nothing is asked, function or address', async () => {
    const decider = vi.fn<Decider>()
    const pages = [pageWith(decider), pageWith(answering(names('other')))]
    for (const page of pages) {
      page.state.consent = false
      expect(page.ask()).toMatchObject({ rule: 'help', by: { decider: 'local' } })
      expect(page.network.sent).toEqual([])
    }
    expect(decider).not.toHaveBeenCalled()
  })
  test('that goes while it waits: the answer is not used', async () => {
    const page = pageWith(answering(names('other'), { afterMs: 40 }))
    const decision = page.ask()
    page.state.consent = false
    await page.clock.advance(50)
    expect((await decision).by).toEqual({ decider: 'local', waitedMs: 40 })
  })
})

describe('moments without a rule', () => {
  const answer = answering({ verdict: 'show', rule: 'mine', nudge })
  test.each([
    [undefined, false],
    ['rules', false],
    ['all', true],
    [['exit-intent'], true],
    [['rage-click'], false],
  ])('observe %j: asked is %s', async (observe, asked) => {
    const page = pageWith(answer, { envelope: { observe } })
    const decision = await page.after(0, 'exit-intent')
    expect(page.network.sent).toHaveLength(asked ? 1 : 0)
    expect(decision).toMatchObject(
      asked
        ? { verdict: 'show', rule: 'mine' }
        : { verdict: 'hold', reason: 'no-rule', by: { decider: 'local' } },
    )
  })
})

describe('an engine that is down', () => {
  test('is left alone for 30 s after three failures in a row, and asked once after that', async () => {
    const page = pageWith({ status: 500 })
    for (let i = 0; i < 3; i++) expect(await page.after(0)).toMatchObject({ by: { remote: 'failed' } })
    expect(page.ask()).toMatchObject({ rule: 'help', by: { decider: 'local', remote: 'paused' } })
    await page.clock.advance(30_000)
    expect(await page.after(0)).toMatchObject({ by: { remote: 'failed' } })
    expect(page.ask()).toMatchObject({ by: { remote: 'paused' } })
    expect(page.network.sent).toHaveLength(4)
  })
  test('one answer in time makes good for all', async () => {
    const reply: { -readonly [Key in keyof Reply]: Reply[Key] } = { status: 500 }
    const page = pageWith(reply)
    for (let round = 0; round < 3; round++) {
      Object.assign(reply, { status: 500 })
      for (let i = 0; i < 2; i++) await page.after(0)
      Object.assign(reply, answering(names('other'), { status: 200 }))
      expect(await page.after(0)).toMatchObject({ by: { remote: 'won' } })
    }
  })
})

describe('wrong options', () => {
  test.each([
    [5, undefined, 'data-decider: wanted the address of a decider, or a function, found 5'],
    ['', undefined, 'data-decider: wanted the address of a decider, or a function, found ""'],
    [
      'javascript:1',
      undefined,
      'data-decider: wanted the address of a decider, or a function, found "javascript:1"',
    ],
    ['/decide', 'soon', 'data-deciderDeadline: wanted ms above 0, at most 1000, found "soon"'],
    ['/decide', 0, 'data-deciderDeadline: wanted ms above 0, at most 1000, found 0'],
    ['/decide', 5000, 'data-deciderDeadline: wanted ms above 0, at most 1000, found 5000'],
  ])('%j %j', async (decider, deadline, line) => {
    const page = pageWith(decider as never, { deadline })
    expect(page.lines).toEqual([line])
    expect(await page.after(50)).toMatchObject({ rule: 'help', by: { decider: 'local' } })
    expect(page.network.sent).toHaveLength(decider === '/decide' ? 1 : 0)
  })
})

test('after `stop` no timer is left, and nothing is decided', async () => {
  const page = pageWith(() => new Promise(() => {}))
  let decided = false
  void Promise.resolve(page.ask()).then(() => (decided = true))
  page.stop()
  expect(page.clock.pending()).toBe(0)
  await page.clock.advance(1000)
  expect(decided).toBe(false)
})
