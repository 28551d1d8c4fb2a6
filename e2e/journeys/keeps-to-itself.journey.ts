import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import type { Canaries } from '../kit/canaries'
import { takeOut } from '../kit/console-lines'
import { armed, call, expect, expectSeen, flush, nudgeOf, passes, test } from '../kit/fixtures'
import { openLab, ownTag, ruleOn, ruleset } from '../kit/lab'
import { serveReceivers } from '../kit/receivers'

/** The page and the shopper have a word in every place that there is; nobody else hears one of them. */
const named = ['text', 'password', 'email', 'tel', 'search', 'url'] as const
const completed = ['cc-number', 'cc-csc', 'one-time-code', 'street-address', 'bday'] as const
/** What takes no letters. */
const figures = {
  number: '739184620551',
  date: '1971-03-07',
  time: '04:17:53',
  month: '1971-03',
  week: '1971-W11',
}

const input = (kind: string, more = '') => `<label>${kind} <input ${more}></label>`
const fields = (word: Canaries['word']) => `
  <form id="quote" action="/lab/sent" name="${word('name of a form')}">
    ${named.map((type) => input(type, `type="${type}" name="${type}" placeholder="${word(`placeholder of ${type}`)}"`)).join('')}
    ${completed.map((name) => input(name, `name="${name}" autocomplete="${name}"`)).join('')}
    ${Object.keys(figures)
      .map((type) => input(type, `type="${type}" step="any" name="${type}"`))
      .join('')}
    <input type="hidden" name="token" value="${word('hidden input')}">
    <label>File <input type="file"></label>
    <label>Colour <select name="colour"><option>one<option value="${word('option value')}">${word('option')}</select></label>
    <label><input type="radio" name="way" value="${word('radio value')}"> ${word('text of a label')}</label>
    <label>Message <textarea name="message"></textarea></label>
    <div id="rich" contenteditable role="textbox" aria-label="${word('aria-label')}">…</div>
    <button id="send" type="button" data-cta data-customer="${word('data attribute')}">Send</button>
  </form>`

/** Everything that a page may tell of a shopper beside its fields. */
const page = (word: Canaries['word']) => `
  <h1 id="${word('id')}" class="${word('class')}" title="${word('title attribute')}">${word('heading')}</h1>
  <p data-splitsecond-role="price">${word('text of a price')}</p>
  <img alt="${word('alt')}" src="data:,"><a id="away" href="/lab/${word('path of a link')}?mail=${word('query of a link')}">away</a>
  <button id="dead" type="button" name="${word('name of a button')}" value="${word('value of a button')}">More</button>
  <button id="faulty" type="button">Faulty</button>
  <button id="stepper" type="button" onclick="this.nextElementSibling.textContent++">+</button><b>1</b>
  ${fields(word)}
  <div id="host"></div><iframe id="frame" title="${word('title of a frame')}" srcdoc="<input id=inner value='${word('value in a frame')}'>"></iframe>`

/** What scripts of the shop say and keep. */
const behind = (word: Canaries['word']) => `<script>
  document.title = '${word('document title')}'
  document.cookie = 'shop-customer=${word('cookie')};path=/'
  sessionStorage.setItem('shop-basket', '${word('sessionStorage of the shop')}')
  window.dataLayer = [{ event: 'login', email: '${word('dataLayer')}' }, { event: 'view_item', user: '${word('user in dataLayer')}', ecommerce: { items: [{ item_id: 'kettle', coupon: '${word('coupon in dataLayer')}' }] } }]
  window.splitsecond = { q: [['provide', 'events', () => {}], ['on', 'moment', () => { throw Object.assign(Error('${word('error of a listener')}'), { name: '${word('name of an error')}' }) }]] }
  // A function that the page has patched, that ours calls, and that fails with what the shopper typed.
  HTMLDialogElement.prototype.showModal = () => { throw TypeError('${word('error of a patched function')}') }
  addEventListener('DOMContentLoaded', () => {
    document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML = '<input id="shaded" value="${word('value in a shadow root')}">'
    document.querySelector('#faulty').onclick = () => {
      Promise.reject(Error('${word('rejected promise')}'))
      throw Object.assign(Error('${word('uncaught error')}'), { name: '${word('name of an uncaught error')}' })
    }
  })
</script>`

const moments = {
  hesitation: { dwellMs: 500 },
  'exit-intent': { armMs: 100, confirmMs: 50 },
  'dead-click': { suspectMs: 300 },
}
const wanted = [
  'dead-click',
  'error-click',
  'exit-intent',
  'form-abandonment',
  'hesitation',
  'multi-click',
  'rage-click',
  'rage-typing',
  'thrashed-cursor',
]
const rules = ruleset(
  [ruleOn('toast'), ruleOn('bar', {}, { surface: 'bar' }), ruleOn('modal', {}, { surface: 'modal' })],
  { observe: 'all', moments, limits: { gapMs: 0, perSession: 99 } },
)

/** Four at once is the most that are sent. */
const collectors = {
  ndjson: '/v1/events',
  otlp: '/v1/logs',
  'otlp-traces': '/v1/traces',
  segment: '/v1/batch',
}
const others = {
  cloudevents: '/cloudevents',
  snowplow: '/com.snowplowanalytics.snowplow/tp2',
  posthog: '/batch/',
  clickhouse: '/clickhouse',
}

/** Nothing is shown to somebody who has typed within the last second. */
const calm = (page: Page) => passes(page, 1_100)

async function fillsAll(page: Page, { word, typed }: Canaries) {
  for (const type of named) {
    const value = { email: `${word('email')}@shop.example`, url: `https://${word('url')}.example` }
    await page.locator(`[name=${type}]`).fill(value[type as 'email'] ?? word(`field ${type}`))
  }
  for (const name of completed) await page.locator(`[name=${name}]`).fill(word(`field ${name}`))
  for (const [type, value] of Object.entries(figures)) await page.locator(`[name=${type}]`).fill(typed(value))
  await page.getByLabel('File').setInputFiles({
    name: `${word('name of a file')}.txt`,
    mimeType: 'text/plain',
    buffer: Buffer.from(word('text of a file')),
  })
  await page.getByLabel('Colour').selectOption({ index: 1 })
  await page.locator('[type=radio]').check()
  await page.locator('#rich').fill(word('contenteditable'))
  await page.locator('#shaded').fill(word('field in a shadow root'))
  await page.frameLocator('#frame').locator('#inner').fill(word('field in a frame'))
}

interface Opening {
  readonly canaries: Canaries
  readonly away: Awaited<ReturnType<typeof serveReceivers>>
  readonly formats: Readonly<Record<string, string>>
}

/** What was asked of the shop's own engine, which agrees. */
async function engineOf(tab: Page) {
  const asked: string[] = []
  await tab.route('**/decide', (route) => {
    const question = route.request().postDataJSON() as { local: object }
    asked.push(JSON.stringify(question))
    return route.fulfill({ json: question.local })
  })
  return asked
}

async function opensPage(tab: Page, { canaries, away, formats }: Opening) {
  const { word } = canaries
  const token = `9f86d0${word('token in the path')}81884c7d65`
  const query = [
    `mail=${word('query value')}&${word('query name')}=1`,
    `utm_source=paper&utm_term=${word('e-mail in a campaign')}%40shop.example`,
  ]
  await openLab(tab, {
    rules,
    path: '/shop/**',
    at: `/shop/${word('e-mail in the path')}@shop.example/${token};jsessionid=${word('session in the path')}?${query.join('&')}#${word('fragment')}`,
    // The policy by which browsers would send the whole address to anybody.
    head: `<meta name="referrer" content="unsafe-url"><meta name="customer" content="${word('meta')}">${behind(word)}`,
    body: page(word),
    tag: {
      ...ownTag,
      'data-format': [...Object.keys(formats), 'datalayer', 'callback'].join(' '),
      'data-collector': Object.values(formats)
        .map((path) => (path === ownTag['data-collector'] ? path : `${away.url}${path}`))
        .join(' '),
      'data-key': 'public',
      'data-decider': '/decide',
    },
  })
  await armed(tab)
  await fillsAll(tab, canaries)
}

test.describe('whatever the shopper does', { tag: ['@once', '@mouse'] }, () => {
  test.beforeEach(({ context }) => context.grantPermissions(['local-network-access']))

  test('no word of hers or of the page’s leaves it', async ({
    page: tab,
    canaries,
    shopper,
    collector,
    consoleLines,
  }) => {
    const { word } = canaries
    const away = await serveReceivers()
    const asked = await engineOf(tab)
    try {
      await opensPage(tab, { canaries, away, formats: collectors })
      await shopper.hammers(tab.locator('#dead'), 5)
      await shopper.hammers(tab.locator('#stepper'), 5)
      await shopper.press(tab.locator('#faulty'))
      await tab.getByLabel('Message').click()
      for (let time = 1; time <= 4; time++) {
        await tab.keyboard.type(word(`message, written for the ${time}. time`))
        if (time < 4) for (let letter = 0; letter < 9; letter++) await tab.keyboard.press('Backspace')
      }
      await shopper.press(tab.locator('#dead'))
      for (let turn = 0; turn < 14; turn++) await tab.mouse.move(turn % 2 ? 900 : 500, 400, { steps: 4 })
      const names = async () => {
        await flush(tab)
        const confirmed = (await collector.events('moment')).filter(
          ({ moment }) => moment.phase === 'confirmed',
        )
        return [...new Set(confirmed.map(({ moment }) => moment.name))].sort()
      }
      const tells = (name: string) => expect.poll(names, { message: name }).toContain(name)
      await shopper.hover(tab.locator('#send'))
      await tells('hesitation')
      await shopper.leaveByTheTop()
      await tells('exit-intent')
      await calm(tab)
      await call(tab, 'moment', 'modal')
      await expect.poll(() => consoleLines.join()).toContain('surface/modal failed')
      await call(tab, 'moment', 'bar')
      await expectSeen(nudgeOf(tab, 'on-bar'))
      await tab.evaluate(
        ([query, hash]) => history.pushState(null, '', `/shop/next?q=${query}#/kettles?who=${hash}`),
        [word('query of a route'), word('query of a hash route')] as const,
      )
      await tells('form-abandonment')

      expect(await names()).toEqual(expect.arrayContaining(wanted))
      const paths = new Set((await collector.all()).map(({ page }) => page.path))
      expect([...paths].sort()).toEqual(['/shop/*/*', '/shop/next#/kettles'])
      // All that could have told has spoken: every format, the shop's engine, the parts that fail.
      for (const path of Object.values(collectors).slice(1))
        expect(away.bodiesAt(path).length, path).toBeGreaterThan(0)
      expect(asked.join()).toContain('"utm":{"source":"paper"}')
      const errors = (await collector.events('error')).map(({ part, reason }) => `${part} ${reason}`)
      expect(errors.sort()).toEqual(['on/moment Error', 'surface/modal TypeError'])
      // On the console, which nobody but the shop's developers reads, they are told in full.
      takeOut(consoleLines, /on\/moment failed/, /surface\/modal failed/, /^qzxvjk\d+: /, /^Error: qzxvjk\d+/)
      expect(await canaries.leaks()).toEqual([])
    } finally {
      await away.close()
    }
  })

  test('nor in any other format', async ({ page: tab, canaries, consoleLines }) => {
    const away = await serveReceivers()
    await engineOf(tab)
    try {
      await opensPage(tab, { canaries, away, formats: others })
      await calm(tab)
      await call(tab, 'moment', 'toast')
      await expectSeen(nudgeOf(tab, 'on-toast'))
      await flush(tab)
      for (const path of Object.values(others))
        await expect.poll(() => away.bodiesAt(path).length, path).toBeGreaterThan(0)
      takeOut(consoleLines, /on\/moment failed/)
      expect(await canaries.leaks()).toEqual([])
    } finally {
      await away.close()
    }
  })
})

/** The search finds what it is there to find: each leak is made on purpose, and told with its place. */
test('a leak would be found, however it is dressed', { tag: '@once' }, async ({ page: tab, canaries }) => {
  const { word } = canaries
  await tab.route('/told**', (route) => route.fulfill({ body: '' }))
  await openLab(tab, { rules: ruleset([]) })
  await armed(tab)
  const ways: Record<string, (it: string) => string | Buffer> = {
    'as it is': (it) => `"note":"${it}"`,
    'in capitals': (it) => it.toUpperCase(),
    'percent-encoded twice': (it) =>
      encodeURIComponent(it.replace(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)),
    'in base64': (it) => Buffer.from(`{"a":"${it}"}`).toString('base64'),
    'in base64 for addresses': (it) => Buffer.from(`??>${it}`).toString('base64url'),
    'in hexadecimal': (it) => Buffer.from(it).toString('hex'),
    'as a hash': (it) => createHash('sha256').update(it).digest('hex'),
    compressed: (it) => gzipSync(`{"a":"${it}"}`),
  }
  for (const [way, dress] of Object.entries(ways)) {
    const body = dress(word(way))
    await tab.evaluate(
      (bytes) => fetch('/told', { method: 'POST', body: new Uint8Array(bytes) }).then((it) => it.text()),
      [...Buffer.from(body)],
    )
    expect(await canaries.leaks(), way).toEqual([expect.stringMatching(`^${way} → POST .*/told$`)])
  }
  const inAddress = word('address')
  await tab.evaluate(
    (it) => fetch(`/told?q=${it}`, { headers: { 'x-note': 'a' } }).then((got) => got.text()),
    inAddress,
  )
  expect(await canaries.leaks()).toEqual([expect.stringMatching(/^address → GET /)])
  await call(tab, 'track', 'note', { text: word('event') })
  await flush(tab)
  expect(await canaries.leaks()).toContainEqual(expect.stringMatching(/^event → POST .*\/v1\/events/))
  await tab.evaluate((it) => sessionStorage.setItem('splitsecond', it), word('storage'))
  expect(await canaries.leaks()).toEqual([expect.stringMatching(/^storage → storage of /)])
  await tab.evaluate(() => sessionStorage.removeItem('splitsecond'))
})
