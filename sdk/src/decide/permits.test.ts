import * as fc from 'fast-check'
import { promisifyRequest } from 'idb-keyval'
import { describe, expect, test } from 'vitest'
import { createFakeBrowser, type FakeBrowser, type FakePlatform } from '../../test/fake-platform'
import { compile } from './compile'
import { createRule, createRuleset } from './rules.fixture'
import { fakeTabs, openedTab, openTab, type Tab } from './tabs.fixture'
import type { ShownNudge } from './visitor'

const rule = (id: string, over: object = {}) => createRule({ id, on: 'doubt', ...over })
const reasons = (tabs: readonly Tab[]) => tabs.map((tab) => tab.decideNow().reason)
const leases = (browser: FakeBrowser) =>
  browser
    .page()
    .store.use('readonly', (records) =>
      promisifyRequest<{ owner: string; keys: string[] }[]>(
        records.getAll(IDBKeyRange.bound('permits/', 'permits/\uffff')),
      ),
    )

describe('several tabs at once', () => {
  test.each([
    ['of a rule', [rule('a', { limits: { perSession: 2 } })], {}, 2],
    ['of a day', [rule('a', { limits: { perDay: 1 } })], {}, 1],
    ['of a visitor', [rule('a', { limits: { perVisitor: 3 } })], {}, 3],
    [
      'of a group, whose rules share it',
      [
        rule('a', { limits: { group: 'g', perSession: 1 } }),
        rule('b', { priority: -1, limits: { group: 'g' } }),
      ],
      { groups: { g: { perDay: 2 } } },
      2,
    ],
    ['of all', [rule('a')], { perSession: 5 }, 5],
    ['a cooldown', [rule('a', { limits: { cooldownMs: 1 } })], {}, 1],
    ['a gap between any two', [rule('a'), rule('b', { priority: -1 })], { gapMs: 1 }, 1],
    ['none: no permit is asked for', [rule('a')], {}, 7],
  ])('show as many as the limit allows, and not one more: %s', async (_name, rules, limits, allowed) => {
    const { tabs } = await fakeTabs(7, rules, limits)
    for (const tab of tabs) tab.decideNow()
    const running = tabs.filter((tab) => tab.running())
    expect(running).toHaveLength(allowed)
  })

  test('who is held out spends as his paint would', async () => {
    const { clock, tabs } = await fakeTabs(2, [rule('a', { holdout: 100, limits: { perSession: 1 } })])
    expect(reasons(tabs)).toEqual(['holdout', 'limit'])
    tabs[0]!.paint()
    await clock.advance(20_000)
    expect((await tabs[1]!.answer()).reason).toBe('limit')
  })

  test('the trace tells that it was the permit', async () => {
    const { tabs } = await fakeTabs(2, [rule('a', { limits: { perSession: 1, perDay: 2 } })])
    const lines = tabs.map((tab) =>
      tab.decideNow().trace.filter(({ clause }) => clause.startsWith('limits.') || clause.endsWith('permit')),
    )
    const counted = [
      { rule: 'a', clause: 'limits.perSession', observed: 0, wanted: 1, passed: true, distance: 1 },
      { rule: 'a', clause: 'limits.perDay', observed: 0, wanted: 2, passed: true, distance: 2 },
    ]
    const permit = { rule: 'a', clause: 'limits permit', wanted: true }
    expect(lines).toEqual([
      [...counted, { ...permit, observed: true, passed: true }],
      [...counted, { ...permit, observed: false, passed: false }],
    ])
  })
})

describe('a permit', () => {
  const one = [rule('a', { limits: { perSession: 2 } })]

  test('is spent by the paint, at once; the next is leased in the transaction that keeps it', async () => {
    const { clock, tabs } = await fakeTabs(1, one)
    const [tab] = tabs as [Tab]
    tab.decideNow()
    tab.paint()
    expect(tab.decideNow().reason).toBe('limit')
    await clock.settle()
    expect(tab.decideNow().reason).toBe('shown')
  })

  test('that was not painted is still there', async () => {
    const { tabs } = await fakeTabs(2, [rule('a', { limits: { perSession: 1 } })])
    tabs[0]!.decideNow()
    tabs[0]!.miss()
    expect(reasons(tabs)).toEqual(['shown', 'limit'])
  })

  test('is not spent twice by a transaction that began before the paint', async () => {
    const { clock, tabs } = await fakeTabs(2, [rule('a', { limits: { perSession: 2 } })])
    const [tab, other] = tabs as [Tab, Tab]
    tab.visitor.count('x')
    tab.decideNow()
    tab.paint()
    // The transaction of the touch ends first, and knows nothing of the paint.
    const seen = new Set<string>()
    for (let tasks = 0; tasks < 40; tasks++) {
      const decision = tab.decideNow()
      seen.add(decision.reason)
      tab.miss()
      await new Promise((resolve) => setImmediate(resolve))
    }
    await clock.settle()
    // Two are allowed: one was painted, the other is the other tab's.
    expect([...seen]).toEqual(['limit'])
    expect(other.decideNow().reason).toBe('shown')
  })

  test.each([
    ['hidden', (tab: Tab) => tab.page.hide()],
    ['left', (tab: Tab) => tab.page.fire('pagehide')],
    ['without the focus', (tab: Tab) => tab.page.blur()],
    ['stopped', (tab: Tab) => tab.stop()],
  ])('of a tab that is %s comes free at once', async (_name, leave) => {
    const { browser, clock, tabs } = await fakeTabs(2, [rule('a', { limits: { perSession: 1 } })])
    const [first, second] = tabs as [Tab, Tab]
    expect(second.decideNow().reason).toBe('limit')
    leave(first)
    await clock.settle()
    expect((await leases(browser)).flatMap(({ keys }) => keys)).toEqual([])
    browser.page().show()
    await clock.advance(1_000)
    void second.permits.loading()
    await clock.settle()
    expect(second.decideNow().reason).toBe('shown')
    expect(first.decideNow().reason).toBe('limit')
  })

  test('of a tab that is left while it leases comes free, too', async () => {
    const { browser, clock, tabs } = await fakeTabs(1, one)
    const [tab] = tabs as [Tab]
    void tab.visitor.open()
    await Promise.resolve()
    tab.page.fire('pagehide')
    await clock.settle()
    expect(await leases(browser)).toEqual([])
    expect(tab.decideNow().reason).toBe('limit')
  })

  test('given back while a transaction waits for its turn is not held by it: the lease is deleted after', async () => {
    const { browser, clock, tabs } = await fakeTabs(2, [rule('a', { limits: { perSession: 1 } })])
    const [first, second] = tabs as [Tab, Tab]
    await clock.advance(4_000)
    first.visitor.count('x')
    first.page.blur()
    await clock.settle()
    expect((await leases(browser)).flatMap(({ keys }) => keys)).toEqual([])
    await clock.advance(1_000)
    expect((await second.answer()).reason).toBe('shown')
    expect(first.decideNow().reason).toBe('limit')
  })

  test('of a window that loses the focus stays while a nudge may be on its way to the pixels', async () => {
    const { clock, tabs } = await fakeTabs(2, [rule('a', { limits: { perSession: 1 } })])
    const [first, second] = tabs as [Tab, Tab]
    first.decideNow()
    first.page.blur()
    await clock.advance(1_500)
    expect((await second.answer()).reason).toBe('limit')
    first.paint()
    await clock.advance(11_000)
    expect((await second.answer()).reason).toBe('limit')
  })

  test('of a page that was left is there for the next page of its tab, had it no time to give it back', async () => {
    const rules = [rule('a', { limits: { perSession: 1 } })]
    const { browser, tabs } = await fakeTabs(2, rules)
    const [first, second] = tabs as [Tab, Tab]
    first.page.kill()
    const next = await openedTab(browser, rules, { before: first.page })
    expect(reasons([second, next])).toEqual(['limit', 'shown'])
    expect(await leases(browser)).toHaveLength(2)
  })

  test('of a tab that was killed comes free when the lease ends; the lease is dropped', async () => {
    const { browser, clock, tabs } = await fakeTabs(2, [rule('a', { limits: { perSession: 1 } })])
    const [first, second] = tabs as [Tab, Tab]
    first.decideNow()
    first.page.kill()
    await clock.advance(9_900)
    expect((await second.answer()).reason).toBe('limit')
    await clock.advance(200)
    expect((await second.answer()).reason).toBe('limit')
    await clock.advance(1_000)
    expect((await second.answer()).reason).toBe('shown')
    expect(await leases(browser)).toHaveLength(1)
  })

  test('goes to the window in which the shopper is, from one in which nothing is done', async () => {
    const { clock, tabs } = await fakeTabs(2, [rule('a', { limits: { perSession: 1 } })])
    const second = tabs[1]!
    for (let signals = 0; signals < 12; signals++) {
      await clock.advance(1_000)
      void second.permits.loading()
    }
    await clock.settle()
    expect(reasons(tabs)).toEqual(['limit', 'shown'])
  })

  test('stays with the shopper as long as he does something, with no timer', async () => {
    const { clock, tabs } = await fakeTabs(2, [rule('a', { limits: { perSession: 1 } })])
    for (let signals = 0; signals < 30; signals++) {
      await clock.advance(1_000)
      for (const tab of tabs) void tab.permits.loading()
    }
    await clock.settle()
    expect(reasons(tabs)).toEqual(['shown', 'limit'])
    expect(tabs[0]!.page.clock.pending()).toBe(0)
  })

  test('that ended while nothing was done is read anew, as on a page that was just loaded', async () => {
    const { clock, tabs } = await fakeTabs(1, one)
    const [tab] = tabs as [Tab]
    await clock.advance(60_000)
    expect(tab.decideNow().reason).toBe('limit')
    expect((await tab.answer()).reason).toBe('shown')
    // And while it is there nothing is waited for.
    expect(tab.permits.loading()).toBeUndefined()
  })

  test('is none of another ruleset; the new one is leased before it decides', async () => {
    const { tabs } = await fakeTabs(2, [rule('a', { limits: { perSession: 1 } })])
    const [first, second] = tabs as [Tab, Tab]
    const next = createRuleset([rule('b', { limits: { perSession: 1 } })], { version: 2 })
    for (const tab of tabs) tab.armed.ruleset = compile(next).ruleset
    expect((await first.answer()).reason).toBe('shown')
    expect((await second.answer()).reason).toBe('limit')
  })
})

describe('a clock that is set', () => {
  test.each([-3_600_000, -5_000, 5_000, 3_600_000])('by %i ms: none is shown too much', async (shift) => {
    const { clock, tabs } = await fakeTabs(3, [rule('a', { limits: { perVisitor: 1 } })])
    clock.setWall(shift)
    for (const tab of tabs) await tab.answer()
    expect(tabs.filter((tab) => tab.running())).toHaveLength(1)
    for (const tab of tabs) tab.miss()
    await clock.advance(11_000)
    expect((await tabs[2]!.answer()).reason).toBe('shown')
  })
})

describe('where nothing is kept', () => {
  const one = [rule('a', { limits: { perSession: 1 } })]
  const asked = async (tab: Tab) => {
    const first = await tab.answer()
    tab.paint()
    return [first.reason, (await tab.answer()).reason]
  }

  test('without consent limits hold in memory, and no permit is needed', async () => {
    const browser = createFakeBrowser()
    const tab = openTab(browser, one)
    void tab.permits.loading()
    expect(await asked(tab)).toEqual(['shown', 'limit'])
    expect(tab.permits.current()).toBeUndefined()
    await browser.clock.settle()
    expect(await browser.databases()).toEqual([])
  })

  test('nor with storage that is blocked', async () => {
    const browser = createFakeBrowser()
    browser.failStorage(new DOMException('no', 'SecurityError'))
    const tab = await openedTab(browser, one)
    expect(await asked(tab)).toEqual(['shown', 'limit'])
    expect(tab.page.said).toHaveLength(1)
  })

  test('nor with storage that begins to fail; when it works again permits do', async () => {
    const { browser, clock, tabs } = await fakeTabs(2, one)
    const second = tabs[1]!
    browser.failStorage(new DOMException('full', 'QuotaExceededError'))
    await clock.advance(8_000)
    expect((await second.answer()).reason).toBe('shown')
    second.miss()
    browser.failStorage(undefined)
    await second.visitor.open()
    expect(second.permits.current()).toBeDefined()
  })

  test('a database that never answers is waited for once, for two seconds', async () => {
    const browser = createFakeBrowser()
    browser.hangStorage()
    const tab = openTab(browser, one)
    void tab.visitor.open()
    const first = tab.answer()
    await browser.clock.advance(4_000)
    expect((await first).reason).toBe('shown')
    expect(tab.permits.loading()).toBeUndefined()
  })

  test('consent that goes takes the leases with it', async () => {
    const { browser, clock, tabs } = await fakeTabs(2, one)
    await tabs[0]!.visitor.close()
    await clock.settle()
    expect(await browser.databases()).toEqual([])
    expect(tabs[0]!.permits.current()).toBeUndefined()
  })
})

// ── any order ───────────────────────────────────────────────────────────────────────────────────────

const step = fc.tuple(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant('signal' as const) },
    { weight: 8, arbitrary: fc.constant('moment' as const) },
    { weight: 6, arbitrary: fc.constant('paint' as const) },
    { weight: 2, arbitrary: fc.constant('miss' as const) },
    { weight: 1, arbitrary: fc.constantFrom('leave', 'blur', 'kill', 'back', 'open', 'navigate') },
  ),
  fc.nat({ max: 4 }),
  // What passes before the next: nothing, a few tasks of the database's, or time.
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ tasks: fc.nat({ max: 6 }) }) },
    { weight: 2, arbitrary: fc.record({ ms: fc.constantFrom(16, 900, 2_900, 4_000, 7_500, 12_000) }) },
  ),
)

test(
  'whatever the tabs do, and in whatever order, no limit is passed, and no permit is lost',
  { timeout: 120_000 },
  async () => {
    const seen = { painted: 0, held: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.record({
          rule: fc.integer({ min: 1, max: 3 }),
          group: fc.integer({ min: 1, max: 4 }),
          all: fc.integer({ min: 1, max: 6 }),
        }),
        fc.boolean(),
        fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }),
        async (count, most, held, steps) => {
          const browser = createFakeBrowser()
          const { clock } = browser
          const rules = ['a', 'b', 'c'].map((id, index) =>
            rule(id, {
              priority: -index,
              ...(held && id === 'b' ? { holdout: 100 } : {}),
              limits: { perSession: most.rule, group: 'g' },
            }),
          )
          const limits = { perVisitor: most.all, groups: { g: { perDay: most.group } } }
          const open = (more: { before?: FakePlatform } = {}) => {
            const tab = openTab(browser, rules, { limits, ...more })
            void tab.visitor.open()
            return tab
          }
          const tabs = Array.from({ length: count }, () => open())
          const shown: ShownNudge[] = []
          const check = () => {
            for (const id of ['a', 'b', 'c'])
              expect(shown.filter((it) => it.rule === id).length).toBeLessThanOrEqual(most.rule)
            expect(shown.length).toBeLessThanOrEqual(Math.min(most.group, most.all))
          }
          const moment = (tab: Tab) =>
            void tab.answer().then(({ verdict }) => (seen.held += verdict === 'hold' ? 1 : 0))
          for (const [act, at, after] of steps) {
            const index = at % count
            const tab = tabs[index]!
            if (act === 'signal') void tab.permits.loading()
            if (act === 'moment') moment(tab)
            const running = [...tabs.slice(index), ...tabs].find((it) => it.running())
            if (act === 'paint' && running) {
              shown.push(running.paint())
              check()
            }
            if (act === 'miss') tab.miss()
            if (act === 'leave') {
              // As the nudges do: nobody would see it.
              tab.miss()
              tab.page.fire('pagehide')
            }
            if (act === 'blur') tab.page.blur()
            if (act === 'back') {
              tab.page.fire('pageshow', { persisted: true })
              void tab.visitor.open()
            }
            if (act === 'open') tabs[index] = open()
            if (act === 'navigate') {
              // Its last word may come to nothing.
              tab.miss()
              await clock.settle()
              tab.page.kill()
              tabs[index] = open({ before: tab.page })
            }
            if (act === 'kill') {
              // What it has painted is kept: a process that dies within that millisecond is another story.
              await clock.settle()
              tab.page.kill()
              tabs[index] = open()
            }
            if ('tasks' in after)
              for (let task = 0; task < after.tasks; task++)
                await new Promise((resolve) => setImmediate(resolve))
            else await clock.advance(after.ms)
          }
          seen.painted += shown.length
          // All is quiet: what is still allowed can be shown, in a tab that comes then.
          await clock.advance(11_000)
          const last = await openedTab(browser, rules, { limits })
          for (let moments = 0; moments < 15; moments++) {
            await last.answer()
            if (last.running()) shown.push(last.paint())
            await clock.settle()
          }
          check()
          expect(shown).toHaveLength(Math.min(most.rule * 3, most.group, most.all))
          expect((await leases(browser)).length).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: 150 },
    )
    // It was no empty play.
    expect(seen.painted).toBeGreaterThan(100)
    expect(seen.held).toBeGreaterThan(100)
  },
)
