import { beforeEach, describe, expect, test } from 'vitest'
import { createFakeBrowser } from '../../test/fake-platform'
import { createFakeSend, type Reply } from '../../test/fake-send'
import { compile, type CompiledRuleset } from './compile'
import { decide } from './decide'
import { createRule, createRuleset } from './rules.fixture'
import { createRulesetLife, type RulesetLifeOptions } from './ruleset-life'

const minute = 60_000
const published = (version: number, more: object = {}, rules: object[] = [createRule()]): Reply => ({
  text: JSON.stringify(createRuleset(rules, { version, ...more })),
  headers: { etag: `"${version}"` },
})

/** A page that is open for as long as the test has it. */
function open(
  reply: Reply,
  {
    browser = createFakeBrowser(),
    ...more
  }: Partial<RulesetLifeOptions> & { browser?: ReturnType<typeof createFakeBrowser> } = {},
) {
  const page = browser.page()
  const server = { reply }
  const network = createFakeSend(page.clock, ({ headers }) =>
    headers?.['if-none-match'] === server.reply.headers?.['etag'] && server.reply.headers
      ? { status: 304 }
      : server.reply,
  )
  const armed: { ruleset?: CompiledRuleset | undefined; confirmedAt?: number } = {}
  const lines: string[] = []
  const faults: string[] = []
  const lost: string[][] = []
  const life = createRulesetLife({
    platform: page,
    send: network.send,
    compile,
    inline: null,
    ruleset: '/rules.json',
    createVerifier: undefined,
    named: (option) => option,
    mayKeep: () => true,
    armed,
    swap(ruleset, isLost) {
      lost.push(['r1', 'r2', 'r3'].filter(isLost))
      armed.ruleset = ruleset
    },
    complain: (line) => lines.push(line),
    fault: (_part, line) => faults.push(String(line)),
    ...more,
  })
  return {
    ...network,
    browser,
    page,
    server,
    armed,
    lines,
    faults,
    lost,
    life,
    version: () => armed.ruleset?.version,
    async load() {
      void life.load()
      await browser.clock.advance(10)
    },
    reason: (attributes = {}) =>
      decide(armed.ruleset!, {
        moment: { name: 'hesitation', evidence: {} },
        attributes,
        now: page.clock.toEpoch(page.clock.now()),
        confirmedAt: armed.confirmedAt,
      }).reason,
  }
}

let on: ReturnType<typeof open>
beforeEach(async () => {
  on = open(published(1))
  await on.load()
})

describe('an open page asks again', () => {
  test('every five minutes, a fifth more or less', async () => {
    on.server.reply = published(2)
    await on.browser.clock.advance(4 * minute - 20)
    expect(on.version()).toBe(1)
    await on.browser.clock.advance(2 * minute + 40)
    expect(on.version()).toBe(2)
    await on.browser.clock.advance(60 * minute)
    const gaps = on.sent.slice(1).map(({ at }, index) => Math.round(at - on.sent[index]!.at))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(4 * minute)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(6 * minute + 100)
    // Two pages do not go in step.
    expect(new Set(gaps).size).toBeGreaterThan(5)
  })

  test('as often as the ruleset says; never, where it says 0', async () => {
    on.server.reply = published(2, { refreshMs: 10_000 })
    await on.browser.clock.advance(6 * minute)
    const before = on.sent.length
    on.server.reply = published(3, { refreshMs: 0 })
    await on.browser.clock.advance(15_000)
    expect(on.version()).toBe(3)
    expect(on.sent.length).toBeLessThanOrEqual(before + 2)
    const after = on.sent.length
    await on.browser.clock.advance(60 * minute)
    on.page.hide()
    on.page.show()
    await on.browser.clock.advance(60 * minute)
    expect(on.sent).toHaveLength(after)
  })

  test('never while it is hidden; at once when it is shown after a minute', async () => {
    on.page.hide()
    await on.browser.clock.advance(60 * minute)
    expect(on.sent).toHaveLength(1)
    on.server.reply = published(2)
    on.page.show()
    await on.browser.clock.advance(10)
    expect(on.version()).toBe(2)
    on.page.hide()
    await on.browser.clock.advance(minute / 2)
    on.page.show()
    await on.browser.clock.advance(10)
    expect(on.sent).toHaveLength(2)
  })

  test('also when the first answer failed, and tells the same trouble once', async () => {
    const page = open({ status: 503 })
    await page.load()
    await page.browser.clock.advance(30 * minute)
    expect(page.sent.length).toBeGreaterThan(4)
    expect(page.lines).toEqual(['ruleset /rules.json: wanted an answer 200, found 503'])
    page.server.reply = published(1)
    await page.browser.clock.advance(6 * minute)
    expect(page.version()).toBe(1)
    page.server.reply = { status: 503 }
    await page.browser.clock.advance(12 * minute)
    expect(page.lines).toHaveLength(2)
  })

  test('when it is told to; two that are asked for at once go one after the other', async () => {
    on.server.reply = { ...published(2), afterMs: 50 }
    void on.life.refresh()
    void on.life.refresh()
    await on.browser.clock.advance(10)
    expect(on.flying.size).toBe(1)
    await on.browser.clock.advance(100)
    expect(on.version()).toBe(2)
    expect(on.sent).toHaveLength(3)
  })

  test('stopped, it asks nothing more and leaves no listener, whatever was under way', async () => {
    on.server.reply = { ...published(2), afterMs: 50 }
    void on.life.refresh()
    await on.browser.clock.advance(10)
    on.life.stop()
    await on.browser.clock.advance(60 * minute)
    expect(on.sent).toHaveLength(2)
    expect(on.page.listening()).toEqual([])
  })
})

describe('a maximum age', () => {
  const rules = [
    createRule({ id: 'r1', on: 'hesitation', maxAgeMs: 60 * minute, priority: 1 }),
    createRule({ id: 'r2' }),
  ]

  test('of a rule: it dies when the server is silent, the others live on; a 304 is enough to live', async () => {
    on.server.reply = published(2, {}, [rules[0]!])
    await on.browser.clock.advance(6 * minute)
    await on.browser.clock.advance(120 * minute)
    expect(on.reason()).toBe('shown')
    on.server.reply = { status: 0 }
    await on.browser.clock.advance(70 * minute)
    expect(on.reason()).toBe('expired')
    on.server.reply = published(3, {}, rules)
    await on.browser.clock.advance(6 * minute)
    expect(on.reason()).toBe('shown')
    on.server.reply = { status: 0 }
    await on.browser.clock.advance(70 * minute)
    expect(on.reason()).toBe('shown')
  })

  test('of the ruleset, from page to page: the kept copy is as old as the server’s last word', async () => {
    on.server.reply = published(2, { maxAgeMs: 60 * minute })
    await on.browser.clock.advance(6 * minute)
    await on.browser.clock.advance(50 * minute)
    on.life.stop()
    on.server.reply = { status: 0 }
    await on.browser.clock.advance(50 * minute)
    const next = open({ status: 0 }, { browser: on.browser })
    await next.load()
    expect(next.reason()).toBe('shown')
    await on.browser.clock.advance(20 * minute)
    expect(next.reason()).toBe('expired')
    const late = open({ status: 0 }, { browser: on.browser })
    await late.load()
    expect(late.version()).toBe(2)
    expect(late.reason()).toBe('expired')
  })

  test('of one in the page: since it was issued, else since the page was loaded', async () => {
    const at = (issuedAt?: string) => {
      const text = JSON.stringify(
        createRuleset([createRule()], { maxAgeMs: 60 * minute, ...(issuedAt && { issuedAt }) }),
      )
      return open(published(1), {
        ruleset: undefined,
        inline: { textContent: text, getAttribute: () => null },
      })
    }
    const fresh = at()
    await fresh.load()
    const now = fresh.page.clock.toEpoch(fresh.page.clock.now())
    expect(fresh.reason()).toBe('shown')
    const old = at(new Date(now - 61 * minute).toISOString())
    await old.load()
    expect(old.reason()).toBe('expired')
    const young = at(new Date(now - 59 * minute).toISOString())
    await young.load()
    expect(young.reason()).toBe('shown')
    await fresh.browser.clock.advance(61 * minute)
    expect(fresh.reason()).toBe('expired')
  })
})

describe('switched off', () => {
  test('as a whole: no rule decides', async () => {
    on.server.reply = published(2, { enabled: false })
    await on.browser.clock.advance(6 * minute)
    expect(on.version()).toBe(2)
    expect(on.reason()).toBe('no-rule')
    expect(on.lost.at(-1)).toEqual(['r1'])
  })

  test('or left out: those that are lost are told, others and new ones are not', async () => {
    on.server.reply = published(2, {}, [createRule(), createRule({ id: 'r2' })])
    await on.browser.clock.advance(6 * minute)
    expect(on.lost.at(-1)).toEqual([])
    on.server.reply = published(3, {}, [createRule({ enabled: false }), createRule({ id: 'r3' })])
    await on.browser.clock.advance(6 * minute)
    expect(on.lost.at(-1)).toEqual(['r1', 'r2'])
  })
})

describe('where a signature is asked for', () => {
  test('an object is refused', async () => {
    const page = open(published(1), {
      ruleset: createRuleset([createRule()]),
      publicKey: 'ed25519:x',
      createVerifier: () => () => Promise.resolve(),
    })
    await page.load()
    expect(page.version()).toBeUndefined()
    expect(page.faults).toEqual(['ruleset: wanted an address or a signed block in the page, found an object'])
  })

  test('and the part that verifies cannot be loaded, nothing is used or asked for', async () => {
    const page = open(published(1), { publicKey: 'ed25519:x' })
    await page.load()
    expect(page.version()).toBeUndefined()
    expect(page.sent).toEqual([])
    expect(page.faults).toEqual(['publicKey: wanted the part verify, found none'])
  })
})
