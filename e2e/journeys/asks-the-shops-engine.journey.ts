import type { Page } from '@playwright/test'
import { deciderRequest } from '../../sdk/schema/decider'
import { ownLines } from '../kit/console-lines'
import { serveEngine, type Engine } from '../kit/engine'
import {
  anyNudge,
  armed,
  call,
  expect,
  expectSeen,
  expectWholeSplits,
  flush,
  nudgeOf,
  test as base,
} from '../kit/fixtures'
import { openLab, ownTag, ruleOn, ruleset } from '../kit/lab'

const test = base.extend<{ engine: Engine }>({
  engine: async ({ context }, use) => {
    // The page itself comes from Playwright, which to the browser is no address of this machine's.
    await context.grantPermissions(['local-network-access'])
    const engine = await serveEngine()
    await use(engine)
    await engine.close()
  },
})

const local = 'on-doubt'
const gold = {
  ...ruleOn('doubt', { when: { tier: 'gold' } }, { copy: { en: { title: 'For gold alone' } } }),
  id: 'gold',
}
const rules = ruleset([ruleOn('doubt'), gold])
/** Long enough for a busy machine; those that are to be late are held until it is over. */
const patient = '1000'

async function openShop(page: Page, engine: Engine, more: Record<string, string> = {}) {
  const tag = { ...ownTag, 'data-decider': engine.url, 'data-decider-deadline': patient, ...more }
  await openLab(page, { rules, tag })
  await armed(page)
}

test.describe('the shop’s own engine', { tag: '@once' }, () => {
  test('answers in time: its decision is what the shopper sees', async ({ page, engine, collector }) => {
    engine.answers({ verdict: 'show', rule: 'gold' })
    await openShop(page, engine)
    await call(page, 'set', { tier: 'iron' })
    await call(page, 'moment', 'doubt', { seen: 3 })
    await expectSeen(nudgeOf(page, 'gold'))

    const [question] = engine.asked
    expect(deciderRequest.safeParse(question).error).toBeUndefined()
    expect(question).toMatchObject({
      moment: { name: 'doubt', evidence: { seen: 3 } },
      attributes: { tier: 'iron', page: { path: '/lab' } },
      local: { verdict: 'show', rule: local, variant: 'a' },
      deadlineMs: Number(patient),
    })
    expect(engine.preflights).toEqual([])

    const shown = await collector.waitForShown('gold')
    expect(shown.decider).toBe('remote')
    expectWholeSplits(shown)
    const [decision] = await collector.waitFor('decision')
    expect(decision!.decision).toMatchObject({
      verdict: 'show',
      rule: 'gold',
      decider: 'remote',
      remote: 'won',
    })
    expect(shown.splits.decide).toBeGreaterThanOrEqual(decision!.decision.waitedMs!)
  })

  test('brings a nudge of its own: text, never markup', async ({ page, engine }) => {
    const title = '<img src=x onerror="window.hurt = 1">Just for you'
    engine.answers({
      verdict: 'show',
      rule: 'engine-7',
      nudge: { surface: 'toast', copy: { en: { title } } },
    })
    await openShop(page, engine)
    await call(page, 'moment', 'doubt')
    await expect(nudgeOf(page, 'engine-7')).toContainText(title)
    expect(await page.evaluate(() => 'hurt' in window)).toBe(false)
  })

  test('answers late: the local decision was there, and the loss is told', async ({
    page,
    engine,
    collector,
  }) => {
    await openShop(page, engine, { 'data-decider-deadline': '50' })
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, local))
    engine.release({ verdict: 'show', rule: 'gold' })
    const shown = await collector.waitForShown(local)
    expect(shown.decider).toBe('local')
    const [decision] = await collector.waitFor('decision')
    expect(decision!.decision).toMatchObject({
      verdict: 'show',
      rule: local,
      decider: 'local',
      remote: 'late',
    })
    await expect(nudgeOf(page, 'gold')).toHaveCount(0)
  })

  const link = (href: string) => ({
    surface: 'toast', copy: { en: { title: 'Click' } }, actions: [{ label: { en: 'Go' }, do: 'link', href }],
  }) // prettier-ignore
  const wrong = {
    'a 500': [{ status: 500, body: 'out of order' }, /200, found 500/],
    garbage: [{ body: '{"verdict": "sh' }, /wanted JSON/],
    'no decision': [{ body: '[]' }, /wanted a decision/],
    'an unknown rule': [{ verdict: 'show', rule: 'nobody' }, /a rule in force/],
    'a hostile link': [{ verdict: 'show', rule: 'bad', nudge: link('javascript:alert(1)') }, /wanted a link/],
    'a nudge of html': [
      { verdict: 'show', rule: 'bad', nudge: { ...link('/ok'), html: '<b>' } },
      /wanted only/,
    ],
  } as const
  for (const [name, [answer, says]] of Object.entries(wrong))
    test(`answers with ${name}: the local decision, and one line`, async ({
      page,
      engine,
      collector,
      consoleLines,
    }) => {
      engine.answers(answer)
      await openShop(page, engine)
      await call(page, 'moment', 'doubt')
      await expectSeen(nudgeOf(page, local))
      await flush(page)
      const [decision] = await collector.waitFor('decision')
      expect(decision!.decision).toMatchObject({ rule: local, decider: 'local', remote: 'failed' })
      const own = ownLines(consoleLines)
      expect(own).toHaveLength(1)
      expect(own[0]).toMatch(says)
      expect(own[0]).toContain('data-decider')
      consoleLines.splice(0)
    })

  test('never answers: after three moments it is left alone', async ({ page, engine, collector }) => {
    await openShop(page, engine, { 'data-decider-deadline': '50' })
    for (let count = 1; count <= 4; count++) {
      await call(page, 'moment', 'doubt')
      await expect(nudgeOf(page, local)).toBeVisible()
      await nudgeOf(page, local).getByRole('button', { name: 'Thanks' }).click()
      await expect(anyNudge(page)).toHaveCount(0)
    }
    await flush(page)
    const decisions = await collector.waitFor('decision', () => true, 4)
    expect(decisions.map(({ decision }) => decision.remote)).toEqual(['late', 'late', 'late', 'paused'])
    expect(engine.asked).toHaveLength(3)
  })

  test('is told nothing without consent', async ({ page, engine }) => {
    engine.answers({ verdict: 'show', rule: 'gold' })
    await openShop(page, engine, { 'data-consent': 'denied' })
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, local))
    expect(engine.asked).toEqual([])
    const [last] = await call(page, 'explain')
    expect(last!.decision.by).toEqual({ decider: 'local' })
  })

  test('says no: nothing is shown, and the limits of the ruleset hold against its yes', async ({
    page,
    engine,
    collector,
  }) => {
    engine.answers({ verdict: 'hold' })
    const capped = ruleset([{ ...ruleOn('doubt'), limits: { perSession: 1 } }])
    const tag = { ...ownTag, 'data-decider': engine.url, 'data-decider-deadline': patient }
    await openLab(page, { rules: capped, tag })
    await armed(page)
    await call(page, 'moment', 'doubt')
    await collector.waitFor('page')
    await expect.poll(() => engine.asked.length).toBe(1)

    engine.answers({ verdict: 'show', rule: local })
    for (const count of [2, 3]) {
      await call(page, 'moment', 'doubt')
      await expect.poll(async () => (await call(page, 'explain')).length).toBe(count)
      if (count === 2) {
        await collector.waitForShown(local)
        await nudgeOf(page, local).getByRole('button', { name: 'Thanks' }).click()
      }
    }
    await flush(page)
    const decisions = await collector.waitFor('decision', () => true, 3)
    expect(decisions.map(({ decision: { verdict, reason, remote } }) => [verdict, reason, remote])).toEqual([
      ['hold', 'condition', 'won'],
      ['show', 'shown', 'won'],
      ['hold', 'limit', 'won'],
    ])
  })
})

test(
  'rules read flags from a function of the page’s, as they stand at the moment',
  { tag: '@once' },
  async ({ page }) => {
    const head = `<script>
    window.held = {}
    window.askedFor = []
    window.splitsecond = { q: [['set', { flags: (key) => (askedFor.push(key), held[key]) }]] }
  </script>`
    await openLab(page, { head, rules: ruleset([ruleOn('doubt', { when: { 'flags.new-checkout': true } })]) })
    await armed(page)
    await call(page, 'moment', 'doubt')
    await expect.poll(async () => (await call(page, 'explain'))[0]?.decision.reason).toBe('missing-attribute')
    await page.evaluate(() =>
      Object.assign((window as unknown as { held: object }).held, { 'new-checkout': true }),
    )
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, local))
    expect(
      new Set(await page.evaluate(() => (window as unknown as { askedFor: string[] }).askedFor)),
    ).toEqual(new Set(['new-checkout']))
  },
)
