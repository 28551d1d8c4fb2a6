import type { Page } from '@playwright/test'
import { turnsBack } from '../kit/back-from-checkout'
import { ownLines } from '../kit/console-lines'
import { armed, call, expect, expectSeen, flush, nudgeOf, started, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'
import { editPage } from '../kit/shop-page'
import type { Shopper } from '../kit/shopper'
import { watchTraffic } from '../kit/traffic'

const product = '/product/heron-kettle'

/** The shop sells, whatever has become of us. */
async function buysAKettle(page: Page, shopper: Shopper) {
  await page.goto(product)
  await shopper.press(page.locator('#add-to-cart'))
  await expect(page.locator('.basket-count')).toHaveText('1')
}

/** Exactly one line of ours, and no word of anyone's about an error in a script. */
async function expectOneLine(lines: string[], wanted: RegExp) {
  await expect.poll(() => ownLines(lines)).toHaveLength(1)
  expect(ownLines(lines)[0]).toMatch(wanted)
  expect(ownLines(lines)[0]).not.toContain('\n')
  const others = lines.filter((line) => !line.startsWith('splitsecond:'))
  expect(others.filter((line) => !/^Failed to load resource/.test(line))).toEqual([])
  lines.splice(0)
}

test.describe('a ruleset that is none', { tag: '@once' }, () => {
  const answers = {
    'is not there': { answer: { status: 404, body: 'not found' }, says: /\/rules\.json.*404/ },
    'is a page': {
      answer: { contentType: 'text/html', body: '<!doctype html><title>Login</title>' },
      says: /\/rules\.json.*wanted JSON/,
    },
    'is five megabytes': {
      answer: { json: ruleset([ruleOn('x', { owner: 'o'.repeat(5_000_000) })]) },
      says: /\/rules\.json.*bytes/,
    },
    'is nested 100,000 levels deep': {
      answer: { contentType: 'application/json', body: '['.repeat(100_000) + ']'.repeat(100_000) },
      says: /\/rules\.json.*levels/,
    },
    'is half a file': {
      answer: { contentType: 'application/json', body: '{"version": 3, "rules": [' },
      says: /\/rules\.json.*wanted JSON/,
    },
    'is of another kind': { answer: { json: { version: 'three', rules: {} } }, says: /\/rules\.json/ },
    'is empty': { answer: { contentType: 'application/json', body: '' }, says: /\/rules\.json/ },
  }
  for (const [name, { answer, says }] of Object.entries(answers))
    test(`the ruleset ${name}`, async ({ page, shopper, collector, consoleLines }) => {
      await page.route('/rules.json', (route) => route.fulfill(answer))
      await buysAKettle(page, shopper)
      // Without rules the moments are still watched and told.
      await call(page, 'moment', 'sizing-doubt')
      await flush(page)
      const [held] = await collector.waitFor('decision')
      expect(held!.decision).toMatchObject({ verdict: 'hold', reason: 'no-ruleset' })
      await expectOneLine(consoleLines, says)
    })

  test('the ruleset never comes', async ({ page, shopper, consoleLines }) => {
    await page.route('/rules.json', () => {})
    await buysAKettle(page, shopper)
    await expect.poll(() => ownLines(consoleLines).length, { timeout: 20_000 }).toBe(1)
    await expectOneLine(consoleLines, /\/rules\.json/)
  })

  test('one bad rule among ten is left out, nine work', async ({
    page,
    shopper,
    collector,
    consoleLines,
  }) => {
    const names = Array.from({ length: 10 }, (_, index) => `m${index}`)
    const bad = 'm4'
    const rules = names.map((name) =>
      ruleOn(name, name === bad ? { when: { 'cart.total': { $near: 3 } } } : {}),
    )
    await openLab(page, { rules: ruleset(rules) })
    await started(page)
    for (const name of names) {
      await call(page, 'moment', name)
      if (name === bad) continue
      const nudge = nudgeOf(page, `on-${name}`)
      await expectSeen(nudge)
      await shopper.press(nudge.getByRole('button', { name: 'Thanks' }))
      await expect(nudge).toHaveCount(0)
    }
    await flush(page)
    const shown = await collector.waitFor('nudge', (event) => event.phase === 'shown', 9)
    expect(shown.map(({ rule }) => rule)).not.toContain(`on-${bad}`)
    await expectOneLine(consoleLines, /on-m4.*\$near/)
  })

  const targets = {
    'a selector with a typo': { targets: ['#buy[', '#buy'], says: /hesitation\.targets\[0\].*"#buy\["/ },
    'no selector at all': { targets: [], says: /hesitation\.targets.*\[\]/ },
    'a text that is no list': { targets: '#buy', says: /hesitation\.targets.*list.*"#buy"/ },
  }
  for (const [name, { targets: given, says }] of Object.entries(targets))
    test(
      `the elements that decide are ${name}`,
      { tag: '@mouse' },
      async ({ page, shopper, consoleLines }) => {
        const moments = { hesitation: { targets: given, dwellMs: 500 } }
        await openLab(page, {
          rules: ruleset([ruleOn('hesitation')], { moments }),
          body: '<h1>Lab</h1><button id="buy" data-cta>Buy</button>',
        })
        await armed(page)
        await shopper.hover(page.locator('#buy'))
        await expectSeen(nudgeOf(page, 'on-hesitation'))
        await expectOneLine(consoleLines, says)
      },
    )

  test('options of a moment that nobody knows are named, those of the page\u2019s own are not', async ({
    page,
    consoleLines,
  }) => {
    const moments = { hesitaton: { dwellMs: 500 }, 'sizing-doubt': { sizes: 3 } }
    await openLab(page, { rules: ruleset([ruleOn('sizing-doubt')], { moments }) })
    await armed(page)
    await call(page, 'moment', 'sizing-doubt')
    await expectSeen(nudgeOf(page, 'on-sizing-doubt'))
    await expectOneLine(consoleLines, /moments.*hesitation.*"hesitaton"/)
  })
})

test.describe('a page that takes away what it does not know', { tag: '@once' }, () => {
  for (const surface of ['toast', 'modal'])
    test(`our place is gone when a ${surface} comes, and there again`, async ({ page }) => {
      await openLab(page, { rules: ruleset([ruleOn('doubt', {}, { surface })]) })
      await armed(page)
      await page.locator('[data-splitsecond-stage]').evaluate((stage) => stage.remove())
      await call(page, 'moment', 'doubt')
      await expectSeen(nudgeOf(page, 'on-doubt'))
    })

  for (const surface of ['toast', 'modal'])
    test(`a ${surface} that was taken away makes room for the next one`, async ({ page, collector }) => {
      await openLab(page, {
        rules: ruleset([ruleOn('doubt', {}, { surface }), ruleOn('worry', {}, { surface })]),
      })
      await armed(page)
      await call(page, 'moment', 'doubt')
      await expectSeen(nudgeOf(page, 'on-doubt'))
      await collector.waitForShown('on-doubt')
      await page.locator('[data-splitsecond-stage]').evaluate((stage) => stage.remove())
      await call(page, 'moment', 'worry')
      await expectSeen(nudgeOf(page, 'on-worry'))
      await expect(nudgeOf(page, 'on-doubt')).toHaveCount(0)
    })
})

test.describe('a script tag that is wrong', { tag: '@once' }, () => {
  const edits = {
    'no data-ruleset': { edit: ['data-ruleset="/rules.json"', ''], says: /data-ruleset/ },
    'an empty data-ruleset': {
      edit: ['data-ruleset="/rules.json"', 'data-ruleset=""'],
      says: /data-ruleset/,
    },
    'a data-ruleset that is no address': {
      edit: ['data-ruleset="/rules.json"', 'data-ruleset="javascript:void(0)"'],
      says: /data-ruleset/,
    },
    'a wrong data-collector': {
      edit: ['data-collector="/v1/events"', 'data-collector="ftp://collector"'],
      says: /data-collector.*address.*ftp/,
      silent: true,
    },
    'an unknown data-format': {
      edit: ['data-collector=', 'data-format="ndjsom" data-collector='],
      says: /data-format.*ndjson.*ndjsom/,
      silent: true,
    },
    'a misspelt data-consent': {
      edit: ['data-collector=', 'data-consent="granded" data-collector='],
      says: /data-consent.*granted.*granded/,
      silent: true,
    },
    'a key to a lock that we cannot open': {
      edit: ['data-collector=', 'data-public-key="abc" data-collector='],
      says: /data-public-key/,
    },
  } as const
  for (const [name, it] of Object.entries(edits))
    test(name, async ({ page, context, shopper, collector, consoleLines }) => {
      const traffic = watchTraffic(context)
      const [from, to] = it.edit
      await editPage(page, product, (html) => {
        expect(html).toContain(from)
        return html.replace(from, to)
      })
      await buysAKettle(page, shopper)
      await call(page, 'moment', 'sizing-doubt')
      await flush(page)
      if ('silent' in it) expect(traffic.to('/v1/events')).toEqual([])
      else await collector.waitFor('decision')
      await expectOneLine(consoleLines, it.says)
    })

  test('the script stands there twice', async ({ page, shopper, collector, consoleLines }) => {
    await editPage(page, product, (html) =>
      html.replace(/<script async[^>]*splitsecond\.js[^>]*><\/script>/, '$&$&'),
    )
    await buysAKettle(page, shopper)
    await expectOneLine(consoleLines, /twice/)
    await expect(page.locator('[data-splitsecond-stage]')).toHaveCount(1)
    await call(page, 'track', 'once')
    await flush(page)
    expect(await collector.waitFor('outcome', ({ name }) => name === 'once')).toHaveLength(1)
    expect(await collector.events('page')).toHaveLength(1)
  })
})

test.describe('a browser that keeps nothing', { tag: '@once' }, () => {
  const blocked = {
    'indexedDB.open throws': () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('denied', 'SecurityError')
      }
    },
    'indexedDB.open fails later': () => {
      IDBFactory.prototype.open = () => {
        const request = new EventTarget() as IDBOpenDBRequest
        const error = new DOMException('private', 'InvalidStateError')
        Object.defineProperty(request, 'error', { value: error })
        setTimeout(() => request.onerror?.(new Event('error')))
        return request
      }
    },
    'indexedDB is not there': () =>
      Object.defineProperty(window, 'indexedDB', { value: undefined, configurable: true }),
    'sessionStorage throws': () =>
      Object.defineProperty(window, 'sessionStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError')
        },
      }),
  }
  for (const [name, block] of Object.entries(blocked))
    test(name, async ({ page, shopper, collector, consoleLines }) => {
      await page.addInitScript(block)
      await turnsBack(page, shopper)
      await expectSeen(nudgeOf(page, 'checkout-reassure'))
      await page.keyboard.press('Escape')
      await flush(page)
      await collector.waitForShown('checkout-reassure')
      // A tab that forgets is nothing a developer could mend; a database that fails is said once.
      if (name.startsWith('indexedDB')) await expectOneLine(consoleLines, /IndexedDB|database|store/i)
    })
})

test.describe('a collector in trouble', { tag: '@once' }, () => {
  const troubles = {
    'refuses the connection': (page: Page) =>
      page.route('**/v1/events?**', (route) => route.abort('connectionrefused')),
    'answers 500': (page: Page) =>
      page.route('**/v1/events?**', (route) => route.fulfill({ status: 500, body: 'no' })),
    'answers 404': (page: Page) =>
      page.route('**/v1/events?**', (route) => route.fulfill({ status: 404, body: 'no' })),
    'takes the events and never answers': (page: Page) => page.route('**/v1/events?**', () => {}),
  }
  for (const [name, trouble] of Object.entries(troubles))
    test(`the collector ${name}`, async ({ page, shopper, consoleLines }) => {
      await trouble(page)
      await turnsBack(page, shopper)
      const nudge = nudgeOf(page, 'checkout-reassure')
      await expectSeen(nudge)
      await page.keyboard.press('Escape')
      await expect(nudge).toHaveCount(0)
      await flush(page)
      await shopper.goesToCheckout('/app')
      await expect.poll(() => ownLines(consoleLines)).toHaveLength(1)
      // The browser has its say about each request, those of a leaving page too.
      await page.close()
      await expectOneLine(consoleLines, /collector \/v1\/events/)
    })
})
