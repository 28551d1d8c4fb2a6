import { get } from 'idb-keyval'
import { describe, expect, test } from 'vitest'
import { createPrivatePem, publicKeyOf, readPrivatePem, signatureOf } from '../../cli/signature'
import { growth } from '../../test/growth'
import { createFakeBrowser } from '../../test/fake-platform'
import { createFakeSend, type Reply } from '../../test/fake-send'
import { createRulesetCache, parse } from './ruleset-cache'
import { createVerifier, type Verify } from './verifier'

type Ruleset = { readonly version: number }
type Kept = { readonly bytes: ArrayBuffer }
const bytesOf = (text: string) => new TextEncoder().encode(text).buffer
const textOf = (kept: Kept | undefined) => new TextDecoder().decode(kept?.bytes)
const url = '/rules.json'
const keptAs = 'ruleset:https://shop.example/rules.json'
const ruleset = (version: number, etag = `"${version}"`): Reply => ({
  text: JSON.stringify({ version, rules: [] }),
  headers: { etag },
})

/** A page whose cache hands its rulesets to a `use` that takes newer ones and refuses what has no version. */
function cacheOn(
  browser = createFakeBrowser(),
  reply: (conditional: string | undefined, address: string) => Reply,
  at = url,
  verify?: Verify,
) {
  const page = browser.page()
  const used: number[] = []
  const faults: string[] = []
  const consent = { given: true }
  const tampered: string[] = []
  const confirmed: number[] = []
  const network = createFakeSend(page.clock, (it) => reply(it.headers?.['if-none-match'], it.url))
  const cache = createRulesetCache({
    platform: page,
    send: network.send,
    url: at,
    verify,
    mayKeep: () => consent.given,
    use(raw, confirmedAt) {
      const { version } = raw as Ruleset
      if (typeof version !== 'number') throw Error('version: wanted a number, found nothing')
      const newer = version - (used.at(-1) ?? 0)
      if (newer >= 0) confirmed.push(confirmedAt)
      if (newer > 0) used.push(version)
      return newer
    },
    confirm: (at) => confirmed.push(at),
    onFault: (line) => faults.push(line),
    // What is in use is not trusted any more: none is.
    onTampered(line) {
      tampered.push(line)
      used.push(0)
    },
  })
  const both = () => cache.kept().then(cache.refresh)
  const load = async () => {
    const loading = { done: false }
    void both().finally(() => (loading.done = true))
    // What is verified is verified in real time, between two steps of this clock.
    while (!loading.done) await browser.clock.advance(1_000)
  }
  return {
    ...network,
    browser,
    page,
    cache,
    load,
    both,
    confirmed,
    used,
    faults,
    tampered,
    consent,
    kept: () => get<Kept>(keptAs, page.store.use),
  }
}

describe('the ruleset', () => {
  test('comes from the network and is kept', async () => {
    const on = cacheOn(undefined, () => ruleset(12))
    await on.load()
    expect(on.used).toEqual([12])
    expect(await on.kept()).toMatchObject({ etag: '"12"', version: 12, signature: undefined })
    expect(textOf(await on.kept())).toBe('{"version":12,"rules":[]}')
  })

  test('kept: arms before the network has answered, which is asked whether there is a newer one', async () => {
    const { browser, load } = cacheOn(undefined, () => ruleset(12))
    await load()
    const on = cacheOn(browser, (etag) => ({
      ...(etag === '"12"' ? { status: 304 } : ruleset(13)),
      afterMs: 3_000,
    }))
    const loading = on.both()
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
    expect(await on.kept()).toMatchObject({ etag: '"13"', version: 13 })
  })

  test('an older one never replaces a newer one, neither in use nor kept', async () => {
    const { browser, load } = cacheOn(undefined, () => ruleset(12))
    await load()
    const on = cacheOn(browser, () => ruleset(11))
    await on.load()
    expect(on.used).toEqual([12])
    expect(await on.kept()).toMatchObject({ version: 12 })
  })

  test('a kept one that is refused now is as none: the network is asked, and its answer is kept', async () => {
    const browser = createFakeBrowser()
    const on = cacheOn(browser, (etag) => (etag ? { status: 304 } : ruleset(14)))
    const old = { etag: '"x"', version: 13, bytes: bytesOf('{"rules":"of another age"}') }
    await on.page.store.use('readwrite', (records) => records.put(old, keptAs))
    await on.load()
    expect(on.used).toEqual([14])
    expect(await on.kept()).toMatchObject({ version: 14 })
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
      expect(await on.kept()).toMatchObject({ version: 12 })
      expect(on.faults).toHaveLength(1)
      expect(on.faults[0]).toContain(`${url}: `)
      expect(on.faults[0]).toContain(line)
    },
  )

  test('asks for at most 1 MB', async () => {
    const on = cacheOn(undefined, () => ruleset(1))
    await on.load()
    expect(on.sent[0]).toMatchObject({ maxBytes: 1_000_000 })
  })

  test('its age counts from the last time the server confirmed it, from page to page', async () => {
    const browser = createFakeBrowser()
    await cacheOn(browser, () => ruleset(12)).load()
    await browser.clock.advance(3_600_000)
    const second = cacheOn(browser, () => ({ status: 304 }))
    await second.load()
    const [kept, confirmed] = second.confirmed
    expect(confirmed! - kept!).toBeGreaterThanOrEqual(3_600_000)
    await browser.clock.advance(3_600_000)
    const third = cacheOn(browser, () => ({ status: 503 }))
    await third.load()
    expect(third.confirmed).toEqual([confirmed])
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

describe('a signed ruleset', () => {
  const key = readPrivatePem(createPrivatePem('ed25519'))
  const verify = createVerifier(publicKeyOf(key), 'data-public-key')
  const signed = (version: number) => {
    const { text = '', headers = {} } = ruleset(version)
    const signature = signatureOf(key, new TextEncoder().encode(text))
    return { file: { text, headers }, signature }
  }
  /** A static server: the ruleset, and its signature beside it. */
  const served =
    ({ file, signature }: ReturnType<typeof signed>) =>
    (etag: string | undefined, address: string): Reply =>
      address === url ? (etag === file.headers['etag'] ? { status: 304 } : file) : { text: `${signature}\n` }
  const visit = async (browser: ReturnType<typeof createFakeBrowser>, reply: ReturnType<typeof served>) => {
    const on = cacheOn(browser, reply, url, verify)
    await on.load()
    return on
  }
  const tamperedWith = async (change: (kept: Kept) => Partial<Record<string, unknown>>, offline = true) => {
    const browser = createFakeBrowser()
    const { kept, page } = await visit(browser, served(signed(12)))
    const found = (await kept())!
    await page.store.use('readwrite', (records) => records.put({ ...found, ...change(found) }, keptAs))
    return visit(browser, offline ? () => ({ status: 0 }) : served(signed(12)))
  }

  test('is used by the file beside it, and kept with it: the copy arms a page with no network', async () => {
    const browser = createFakeBrowser()
    const first = await visit(browser, served(signed(12)))
    expect(first.used).toEqual([12])
    expect(first.sent.map((it) => it.url)).toEqual([url, 'https://shop.example/rules.json.sig'])
    const second = await visit(browser, () => ({ status: 0 }))
    expect(second.used).toEqual([12])
    expect(second.tampered).toEqual([])
  })

  test('unchanged, is not asked for its signature again', async () => {
    const browser = createFakeBrowser()
    await visit(browser, served(signed(12)))
    const { sent, used } = await visit(browser, served(signed(12)))
    expect(used).toEqual([12])
    expect(sent.map((it) => [it.url, it.reply.status])).toEqual([[url, 304]])
  })

  test('is used by the header of its answer: nothing else is asked for', async () => {
    const { file, signature } = signed(12)
    const headers = { ...file.headers, 'splitsecond-signature': signature }
    const { sent, used } = await visit(createFakeBrowser(), () => ({ ...file, headers }))
    expect(used).toEqual([12])
    expect(sent).toHaveLength(1)
  })

  test('the file beside an address with a query has the same query', async () => {
    const on = cacheOn(createFakeBrowser(), () => signed(12).file, '/rules.json?shop=nl', verify)
    await on.load()
    expect(on.sent[1]!.url).toBe('https://shop.example/rules.json.sig?shop=nl')
  })

  test.each<[string, Reply, string]>([
    ['that is not there', { status: 404, text: 'not found' }, 'wanted a signature'],
    ['of another ruleset', { text: signed(11).signature }, 'fits data-public-key'],
    ['that is a page', { text: '<!doctype html>' }, 'found "<!doctype html>"'],
  ])('a signature %s: nothing is used or kept, and it is told', async (_what, beside, line) => {
    const { file } = signed(12)
    const on = await visit(createFakeBrowser(), (_etag, address) => (address === url ? file : beside))
    expect(on.used.filter(Boolean)).toEqual([])
    expect(on.tampered).toHaveLength(1)
    expect(on.tampered[0]).toContain(`${url}: `)
    expect(on.tampered[0]).toContain(line)
    expect(on.faults).toEqual([])
    expect(await on.kept()).toBeUndefined()
  })

  test('a network that fails changes nothing, neither for the ruleset nor for its signature', async () => {
    const browser = createFakeBrowser()
    await visit(browser, served(signed(12)))
    const { file } = signed(13)
    for (const status of [0, 503]) {
      const on = await visit(browser, (_etag, address) => (address === url ? file : { status }))
      expect(on.used).toEqual([12])
      expect(on.tampered).toEqual([])
      expect(on.faults).toHaveLength(1)
    }
  })

  test('what came and is not as signed ends the use of the kept one, now and at the next visit', async () => {
    const browser = createFakeBrowser()
    await visit(browser, served(signed(12)))
    const bad = { ...signed(13), signature: signed(12).signature }
    const on = await visit(browser, served(bad))
    expect(on.used).toEqual([12, 0])
    expect(on.tampered).toHaveLength(1)
    const next = await visit(browser, served(bad))
    expect(next.used).toEqual([0])
    const offline = await visit(browser, () => ({ status: 0 }))
    expect(offline.used).toEqual([])
    // And is mended by one that is, the very same version too.
    const good = await visit(browser, served(signed(12)))
    expect(good.used).toEqual([12])
    expect((await visit(browser, () => ({ status: 0 }))).used).toEqual([12])
  })

  test('an older version, signed as it may be, is refused: on the same page and on the next', async () => {
    const browser = createFakeBrowser()
    const state = { now: signed(12) }
    const on = await visit(browser, (etag, address) => served(state.now)(etag, address))
    state.now = signed(11)
    await on.load()
    expect(on.used).toEqual([12, 0])
    expect(on.tampered[0]).toContain('wanted version 12 or newer, found 11')
    const next = await visit(browser, served(signed(11)))
    expect(next.used).toEqual([0])
    expect(next.tampered[0]).toContain('wanted version 12 or newer, found 11')
  })

  test.each<[string, (kept: Kept) => Partial<Record<string, unknown>>]>([
    ['its bytes', () => ({ bytes: bytesOf('{"version":12,"rules":[{}]}') })],
    ['its bytes, and an older signature', () => ({ signature: signed(11).signature })],
    ['what its bytes are', () => ({ bytes: '{"version":12,"rules":[]}' })],
    ['its version', () => ({ version: 9_999 })],
  ])('a kept copy that was tampered with (%s) is not used, and told, and gone', async (_what, change) => {
    const offline = await tamperedWith(change)
    expect(offline.used.at(-1) ?? 0).toBe(0)
    expect(offline.tampered).toHaveLength(1)
    expect(await offline.kept()).toBeUndefined()
    const online = await tamperedWith(change, false)
    expect(online.used.at(-1)).toBe(12)
    expect(online.tampered).toHaveLength(1)
  })

  test('a copy that was kept before signatures were asked for is as none', async () => {
    const browser = createFakeBrowser()
    await cacheOn(browser, () => ruleset(12)).load()
    const on = await visit(browser, () => ({ status: 0 }))
    expect(on.used).toEqual([])
    expect(on.tampered).toEqual([])
  })

  test('is not put in the place of a newer one that another tab has kept meanwhile', async () => {
    const [older, newer] = [signed(12), signed(13)]
    const on = cacheOn(
      createFakeBrowser(),
      (etag, address) => {
        const kept = { version: 13, bytes: bytesOf(newer.file.text), signature: newer.signature }
        if (address !== url) void on.page.store.use('readwrite', (records) => records.put(kept, keptAs))
        return served(older)(etag, address)
      },
      url,
      verify,
    )
    await on.load()
    expect(on.used).toEqual([12])
    expect(await on.kept()).toMatchObject({ version: 13 })
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
