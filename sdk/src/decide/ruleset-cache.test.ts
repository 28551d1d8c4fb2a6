import { get } from 'idb-keyval'
import { describe, expect, test } from 'vitest'
import { growth } from '../../test/growth'
import { createFakeBrowser } from '../../test/fake-platform'
import { createFakeSend, type Reply } from '../../test/fake-send'
import { createRulesetCache, parse } from './ruleset-cache'

type Ruleset = { readonly version: number }
const url = '/rules.json'
const key = 'ruleset:https://shop.example/rules.json'
const ruleset = (version: number, etag = `"${version}"`): Reply => ({
  text: JSON.stringify({ version, rules: [] }),
  headers: { etag },
})

/** A page whose cache hands its rulesets to a `use` that takes newer ones and refuses what has no version. */
function cacheOn(browser = createFakeBrowser(), reply: (conditional: string | undefined) => Reply, at = url) {
  const page = browser.page()
  const used: number[] = []
  const faults: string[] = []
  const consent = { given: true }
  const network = createFakeSend(page.clock, ({ headers }) => reply(headers?.['if-none-match']))
  const cache = createRulesetCache({
    platform: page,
    send: network.send,
    url: at,
    mayKeep: () => consent.given,
    use(raw) {
      const { version } = raw as Ruleset
      if (typeof version !== 'number') throw Error('version: wanted a number, found nothing')
      if (version <= (used.at(-1) ?? 0)) return false
      used.push(version)
      return true
    },
    onFault: (line) => faults.push(line),
  })
  const load = async () => {
    const loading = cache.load()
    await browser.clock.advance(10_000)
    await loading
  }
  return {
    ...network,
    browser,
    page,
    cache,
    load,
    used,
    faults,
    consent,
    kept: () => get(key, page.store.use),
  }
}

describe('the ruleset', () => {
  test('comes from the network and is kept', async () => {
    const on = cacheOn(undefined, () => ruleset(12))
    await on.load()
    expect(on.used).toEqual([12])
    expect(await on.kept()).toEqual({ etag: '"12"', raw: { version: 12, rules: [] } })
  })

  test('kept: arms before the network has answered, which is asked whether there is a newer one', async () => {
    const { browser, load } = cacheOn(undefined, () => ruleset(12))
    await load()
    const on = cacheOn(browser, (etag) => ({
      ...(etag === '"12"' ? { status: 304 } : ruleset(13)),
      afterMs: 3_000,
    }))
    const loading = on.cache.load()
    await browser.clock.advance(100)
    expect(on.used).toEqual([12])
    await browser.clock.advance(3_000)
    await loading
    expect(on.used).toEqual([12])
    expect(on.sent[0]).toMatchObject({ headers: { 'if-none-match': '"12"' }, cache: 'no-cache' })
    expect(on.faults).toEqual([])
  })

  test('a newer one takes its place, now and at the next visit', async () => {
    const { browser, load } = cacheOn(undefined, () => ruleset(12))
    await load()
    const on = cacheOn(browser, () => ruleset(13))
    await on.load()
    expect(on.used).toEqual([12, 13])
    expect(await on.kept()).toMatchObject({ etag: '"13"', raw: { version: 13 } })
  })

  test('an older one never replaces a newer one, neither in use nor kept', async () => {
    const { browser, load } = cacheOn(undefined, () => ruleset(12))
    await load()
    const on = cacheOn(browser, () => ruleset(11))
    await on.load()
    expect(on.used).toEqual([12])
    expect(await on.kept()).toMatchObject({ raw: { version: 12 } })
  })

  test('a kept one that is refused now is as none: the network is asked, and its answer is kept', async () => {
    const browser = createFakeBrowser()
    const on = cacheOn(browser, (etag) => (etag ? { status: 304 } : ruleset(14)))
    const old = { etag: '"x"', raw: { rules: 'of another age' } }
    await on.page.store.use('readwrite', (records) => records.put(old, key))
    await on.load()
    expect(on.used).toEqual([14])
    expect(await on.kept()).toMatchObject({ raw: { version: 14 } })
  })

  test.each([
    ['404', { status: 404, text: 'not here' }, 'wanted an answer 200, found 404'],
    ['500', { status: 500 }, 'found 500'],
    ['HTML', { text: '<!doctype html><title>Shop</title>' }, 'wanted JSON, found "<!doctype html>'],
    ['nothing', { text: '' }, 'wanted JSON'],
    ['no ruleset', { text: '{}' }, 'version: wanted a number'],
    ['no connection', { status: 0 }, 'Failed to fetch'],
    ['no end', { hang: true }, 'aborted'],
    ['100,000 levels', { text: '['.repeat(100_000) }, 'wanted at most 32 levels'],
  ] satisfies [string, Reply, string][])(
    '%s: one line, and what is kept stays in use',
    async (_what, reply, line) => {
      const { browser, load } = cacheOn(undefined, () => ruleset(12))
      await load()
      const on = cacheOn(browser, () => reply)
      await on.load()
      expect(on.used).toEqual([12])
      expect(await on.kept()).toMatchObject({ raw: { version: 12 } })
      expect(on.faults).toHaveLength(1)
      expect(on.faults[0]).toContain(`ruleset ${url}: `)
      expect(on.faults[0]).toContain(line)
    },
  )

  test('asks for at most 1 MB', async () => {
    const on = cacheOn(undefined, () => ruleset(1))
    await on.load()
    expect(on.sent[0]).toMatchObject({ maxBytes: 1_000_000 })
  })

  test('on another origin no header of our own is sent: no preflight', async () => {
    const other = 'https://cdn.example/rules.json'
    const { browser, load } = cacheOn(undefined, () => ruleset(12), other)
    await load()
    const on = cacheOn(browser, () => ruleset(12), other)
    await on.load()
    expect(on.used).toEqual([12])
    expect(on.sent[0]!.headers).toEqual({})
  })

  test("with the page's base on another origin, neither", async () => {
    const browser = createFakeBrowser()
    Object.assign(document, { baseURI: 'https://cdn.example/shop/' })
    await cacheOn(browser, () => ruleset(12), 'rules.json').load()
    const on = cacheOn(browser, () => ruleset(12), 'rules.json')
    await on.load()
    expect(on.sent[0]!.headers).toEqual({})
  })

  test('the same relative address in another folder is another ruleset', async () => {
    const browser = createFakeBrowser()
    Object.assign(document, { baseURI: 'https://shop.example/de/' })
    await cacheOn(browser, () => ruleset(12), 'rules.json').load()
    Object.assign(document, { baseURI: 'https://shop.example/fr/' })
    const on = cacheOn(browser, () => ({ status: 0 }), 'rules.json')
    await on.load()
    expect(on.used).toEqual([])
  })

  test('storage that fails keeps nothing from arming', async () => {
    const browser = createFakeBrowser()
    browser.failStorage(new DOMException('no', 'SecurityError'))
    const on = cacheOn(browser, () => ruleset(12))
    await on.load()
    expect(on.used).toEqual([12])
    expect(on.faults).toEqual([])
    expect(on.page.said).toHaveLength(1)
  })

  test('storage that never answers keeps nothing from arming', async () => {
    const browser = createFakeBrowser()
    browser.hangStorage()
    const on = cacheOn(browser, () => ruleset(12))
    void on.load()
    await browser.clock.advance(10_000)
    expect(on.used).toEqual([12])
  })

  test('without consent nothing is read or kept', async () => {
    const on = cacheOn(undefined, () => ruleset(12))
    on.consent.given = false
    await on.load()
    expect(on.used).toEqual([12])
    expect(await on.browser.databases()).toEqual([])
  })

  test('refresh asks again, with what is in use now', async () => {
    const state = { version: 12 }
    const on = cacheOn(undefined, (etag) =>
      etag === `"${state.version}"` ? { status: 304 } : ruleset(state.version),
    )
    await on.load()
    const again = async () => {
      const refreshed = on.cache.refresh()
      await on.browser.clock.advance(10)
      await refreshed
    }
    await again()
    state.version = 15
    await again()
    expect(on.used).toEqual([12, 15])
    expect(on.sent.map(({ reply }) => reply.status ?? 200)).toEqual([200, 304, 200])
  })
})

describe('parse', () => {
  test('reads JSON, brackets and quotes within texts included', () => {
    const value = { a: '[[[{"\\', b: [{ c: '"]' }], d: '\\"[' }
    expect(parse(JSON.stringify(value))).toEqual(value)
    expect(parse(JSON.stringify(['['.repeat(500)]))).toEqual(['['.repeat(500)])
  })

  test('takes 32 levels, not 33', () => {
    expect(() => parse('['.repeat(32) + ']'.repeat(32))).not.toThrow()
    expect(() => parse('['.repeat(33) + ']'.repeat(33))).toThrow('32 levels')
    expect(() => parse('{"a":'.repeat(33) + '1' + '}'.repeat(33))).toThrow('32 levels')
  })

  test.each(['', '<html>', '{', '"', '"\\', ']]]][[[[', 'undefined', '{"a":1,}'])(
    'names what %j is not',
    (text) => {
      expect(() => parse(text)).toThrow('wanted JSON')
    },
  )

  test('is linear: a million brackets, or quotes, are refused at a glance', () => {
    const made = (size: number) => {
      const texts = ['['.repeat(size), '"'.repeat(size), '\\'.repeat(size), `"${'\\"'.repeat(size / 2)}`]
      return () => {
        for (const text of texts) expect(() => parse(text)).toThrow('wanted')
      }
    }
    expect(growth(made, 250_000)).toBeLessThan(8)
  })
})
