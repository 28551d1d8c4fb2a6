import type { Page } from '@playwright/test'
import { belongings, watchBelongings } from '../kit/belongings'
import { takeOut } from '../kit/console-lines'
import { anyNudge, armed, call, expect, expectSeen, flush, nudgeOf, passes, test } from '../kit/fixtures'
import { openLab, ownTag, ruleOn, ruleset } from '../kit/lab'

interface Told {
  readonly name: string
  readonly phase: string
  readonly evidence: Record<string, unknown>
}

const clickMoments = ['rage-click', 'multi-click', 'dead-click', 'error-click']
/** Keeps what the script tells tag managers. */
const listener = `<script>
  window.told = []
  document.addEventListener('splitsecond:moment', ({ detail }) => told.push(detail.moment))
</script>`
/** A second of silence is long in a test: what is suspect is so after 0.4 s. */
const quick = { 'dead-click': { suspectMs: 400, deadMs: 60_000 } }

const told = (page: Page) => page.evaluate(() => (window as unknown as { told: Told[] }).told)
const names = async (page: Page, phase = 'confirmed') =>
  (await told(page)).filter((it) => it.phase === phase).map(({ name }) => name)
const expectTold = (page: Page, phase: string, wanted: string[]) =>
  expect.poll(() => names(page, phase), { message: `told as ${phase}` }).toEqual(wanted)
/** As much time as it takes to become suspect, and more. */
const silenceMs = 600

/** The detectors are loaded and listen: a moment of the page's own waits for them, and is heard. */
async function watched(page: Page) {
  await call(page, 'moment', 'ready')
  await expect.poll(() => names(page)).toContain('ready')
  await page.evaluate(() => void (window as unknown as { told: Told[] }).told.splice(0))
}

async function open(
  page: Page,
  body: string,
  {
    rules = [] as object[],
    moments = quick,
    observe = clickMoments,
  }: { rules?: object[]; moments?: object; observe?: typeof clickMoments } = {},
) {
  await openLab(page, { rules: ruleset(rules, { observe, moments }), head: listener, body })
  await armed(page)
  await watched(page)
}
const anger = { moments: {}, observe: ['rage-click', 'multi-click'] }

test.describe('a shopper hammers on a button', () => {
  test('that does nothing, and is answered', async ({ page, shopper, collector }) => {
    await open(page, '<h1>Lab</h1><button id="more">More</button>', {
      ...anger,
      rules: [ruleOn('rage-click')],
    })
    await shopper.hammers(page.locator('#more'))
    await expectSeen(nudgeOf(page, 'on-rage-click'))
    await expectTold(page, 'confirmed', ['rage-click'])
    const shown = await collector.waitForShown('on-rage-click')
    const [stored] = await collector.waitFor('moment', (event) => event.momentId === shown.momentId)
    expect(stored!.moment).toMatchObject({
      name: 'rage-click',
      evidence: { presses: 4, pressesMin: 4, unanswered: expect.any(Number) },
    })
    // Our own buttons are nobody's rage: the nudge is used, and nothing more is told of it.
    const before = (await told(page)).length
    await nudgeOf(page, 'on-rage-click').getByRole('button', { name: 'Thanks' }).click()
    await expect(anyNudge(page)).toHaveCount(0)
    await passes(page, silenceMs)
    expect((await told(page)).length).toBe(before)
  })

  test('and what would tell that it answers cannot be loaded: no rage is made up', async ({
    page,
    shopper,
    consoleLines,
  }) => {
    await page.route('**/splitsecond-response.js', (route) => route.abort())
    await open(page, '<button id="more" onclick="this.textContent += 1">More</button>', anger)
    await shopper.hammers(page.locator('#more'), 6)
    await passes(page, silenceMs)
    expect(await told(page)).toEqual([])
    takeOut(consoleLines, /the part response could not be loaded/, /net::ERR_FAILED/)
  })

  test('that answers each time: a stepper, however it is built', async ({ page, shopper }) => {
    const count = `onclick="document.querySelector('#count').textContent++"`
    await open(
      page,
      `<main><div class="stepper"><button id="less">−</button><span id="count">1</span>
        <button id="more" ${count}><svg width="20" height="20"><circle cx="10" cy="10" r="9"/></svg></button></div></main>`,
      anger,
    )
    await shopper.hammers(page.locator('#more'), 6)
    await expectTold(page, 'confirmed', ['multi-click'])
    await expect(page.locator('#count')).toHaveText('7')
  })

  test('while only a clock elsewhere ticks', async ({ page, shopper }) => {
    await open(
      page,
      `<aside id="clock">0</aside><main><p>…</p><section><button id="more">More</button></section></main>
       <script>setInterval(() => document.querySelector('#clock').textContent++, 50)</script>`,
      anger,
    )
    await shopper.hammers(page.locator('#more'), 5)
    await expectTold(page, 'confirmed', ['rage-click'])
  })

  test('and a text, thrice to select it', { tag: '@mouse' }, async ({ page }) => {
    await open(page, '<p id="text">Made by hand, one by one, in a village by the sea.</p>')
    await page.locator('#text').click({ clickCount: 3 })
    await page.locator('#text').click({ clickCount: 4, delay: 20 })
    await passes(page, silenceMs)
    expect(await told(page)).toEqual([])
  })
})

test.describe('a shopper presses something dead', { tag: '@mouse' }, () => {
  const redraws = `<section id="offers"></section><section><button id="buy">Buy</button></section><script>
    setInterval(() => {
      document.querySelector('#offers').innerHTML = '<p>Only ' + Date.now() % 9 + ' left</p>'
    }, 1000)</script>`

  test('on a page that redraws itself each second, and tries again', async ({ page }) => {
    await open(page, redraws, { rules: [ruleOn('dead-click')], moments: {} })
    await passes(page, 2500)
    await page.locator('#buy').click()
    await expectTold(page, 'suspect', ['dead-click'])
    await expect(anyNudge(page)).toHaveCount(0)
    await page.locator('#buy').click()
    await expectSeen(nudgeOf(page, 'on-dead-click'))
    await expectTold(page, 'confirmed', ['dead-click'])
  })

  test('on a page that never rests', async ({ page }) => {
    await open(
      page,
      `<section id="stars"></section><section><button id="buy">Buy</button></section><script>
        const stars = Array.from({ length: 200 }, () => document.querySelector('#stars').appendChild(new Image()))
        let turn = 0
        setInterval(() => { turn++; for (const star of stars) star.dataset.turn = turn }, 50)</script>`,
    )
    await passes(page, 1500)
    await page.locator('#buy').click()
    await expectTold(page, 'suspect', ['dead-click'])
  })

  test('our own requests are no answer', async ({ page }) => {
    await open(page, '<button id="buy">Buy</button>', {
      moments: { 'dead-click': { suspectMs: 400, deadMs: 1500 } },
    })
    await page.locator('#buy').click()
    await expectTold(page, 'suspect', ['dead-click'])
    await flush(page)
    await expectTold(page, 'confirmed', ['dead-click'])
  })

  test('a button made of nothing but looks, and a button that is off', async ({ page }) => {
    await open(
      page,
      `<div id="fake" style="cursor:pointer;width:9em"><span>See the size guide</span></div>
       <button id="off" disabled>Place order</button>`,
    )
    await page.locator('#fake span').click()
    await expectTold(page, 'suspect', ['dead-click'])
    await page.locator('#off').click({ force: true })
    await expectTold(page, 'suspect', ['dead-click', 'dead-click'])
  })
})

test.describe('what answers is not dead', { tag: '@mouse' }, () => {
  const alive: Record<string, string> = {
    'a change near by': `<button id="it" onclick="this.textContent = 'Added'">Add</button>`,
    'a change far away': `<header><b id="far">0</b></header><main><p>…</p><button id="it"
      onclick="document.querySelector('#far').textContent++">Add</button></main>`,
    'a change at pointerdown': `<button id="it" onpointerdown="this.className = 'on'">Add</button>`,
    'a change after 300 ms': `<button id="it" onclick="setTimeout(() => this.className = 'on', 300)">Add</button>`,
    'a request alone': `<button id="it" onclick="fetch('/v1/report')">Save</button>`,
    'a request that holds our collector\u2019s address': `<button id="it"
      onclick="fetch('/v1/report?for=/v1/events')">Save</button>`,
    'a scroll': `<div style="height:150vh"></div><button id="it" onclick="window.scrollTo(0, 0)">Up</button>`,
    'a disclosure': `<details><summary id="it">Shipping</summary>Two days</details>`,
    'a check box': `<input type="checkbox" id="it">`,
    'a label of one': `<label id="it">Gift <input type="checkbox"></label>`,
    'a popover': `<button id="it" popovertarget="pop">Sizes</button><div id="pop" popover>36–42</div>`,
    'the focus': `<button id="it" onclick="document.querySelector('#q').focus()">Find</button><input id="q">`,
    'a text that is selected': `<p id="link">shop.example/a</p><button id="it"
      onclick="getSelection().selectAllChildren(document.querySelector('#link'))">Select</button>`,
    'a route': `<button id="it" onclick="history.pushState(0, '', '?page=2')">Next</button>`,
    'a component with a shadow': `<shop-item></shop-item><script>
      customElements.define('shop-item', class extends HTMLElement {
        connectedCallback() {
          this.id = 'it'
          const button = document.createElement('button')
          button.textContent = 'Add'
          button.onclick = () => (button.textContent = 'Added')
          this.attachShadow({ mode: 'open' }).append(button)
        }
      })</script>`,
  }
  for (const [name, body] of Object.entries(alive))
    test(name, async ({ page }) => {
      // A busy machine's own server may take longer than a shop's.
      await open(page, body, { moments: { 'dead-click': { suspectMs: 1500, deadMs: 60_000 } } })
      await page.locator('#it').click()
      await passes(page, 1800)
      expect(await told(page)).toEqual([])
    })

  test('nothing is expected of fields, media, canvases, or of what opens elsewhere', async ({ page }) => {
    await open(
      page,
      `<p class="it">Text</p><input class="it" value="a"><textarea class="it"></textarea>
       <input class="it" type="date"><input class="it" type="range"><input class="it" type="radio" checked>
       <select class="it"><option>1</select><canvas class="it"></canvas><div class="it" contenteditable>Write</div>
       <a class="it" href="mailto:us@shop.example">Mail</a><a class="it" href="tel:+3290">Call</a>
       <a class="it" href="/lab?file" download>Terms</a><a class="it" href="/guide.pdf">Guide</a>
       <div role="tablist"><button class="it" role="tab" aria-selected="true">Here</button></div>
       <script>addEventListener('click', (event) => event.target.closest('a') && event.preventDefault())</script>`,
    )
    const items = page.locator('.it')
    const all = await items.count()
    for (let i = 0; i < all; i++) {
      await items.nth(i).click({ position: { x: 4, y: 4 } })
      await page.keyboard.press('Escape')
      await passes(page, 450)
    }
    expect(await told(page)).toEqual([])
  })
})

test.describe('a press on which a script fails', { tag: '@once' }, () => {
  const secret = 'card 4242 refused for Roos'
  const body = `<button id="pay">Pay</button><script>
    document.querySelector('#pay').onclick = () => { throw new RangeError('${secret}') }</script>`

  test('is told by its class, never by its message', async ({ page, collector, consoleLines }) => {
    await open(page, body, { rules: [ruleOn('error-click')] })
    await page.locator('#pay').click()
    await expectSeen(nudgeOf(page, 'on-error-click'))
    await expectTold(page, 'confirmed', ['error-click'])
    await flush(page)
    const [stored] = await collector.waitFor('moment', ({ moment }) => moment.name === 'error-click')
    expect(stored!.moment.evidence).toMatchObject({ error: 'RangeError', faults: 1 })
    expect(JSON.stringify(await collector.all())).not.toContain('4242')
    takeOut(consoleLines, /^RangeError: card 4242/)
  })

  test('not one of the page with no press, nor a rejection of a request that was called off', async ({
    page,
    consoleLines,
  }) => {
    const script = `<button id="go">Go</button><script>
      setInterval(() => { throw new TypeError('tick') }, 300)
      document.querySelector('#go').onclick = () => {
        const off = new AbortController()
        fetch('/lab?off', { signal: off.signal })
        off.abort()
      }</script>`
    await open(page, script)
    await passes(page, 700)
    await page.locator('#go').click()
    await passes(page, silenceMs)
    expect(await names(page)).toEqual([])
    // It ticks on: no line may come after these are taken out.
    await page.close()
    takeOut(consoleLines, /^TypeError: tick$/, /^AbortError:/)
  })
})

test(
  'what nobody asked for is not loaded, and what was asked for goes with `stop`',
  { tag: '@once' },
  async ({ page }) => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await watchBelongings(page)
    const tag = { ...ownTag, 'data-vitals': 'false' }
    await openLab(page, { tag, rules: ruleset([ruleOn('thrashed-cursor')]) })
    await armed(page)
    expect(asked.filter((path) => /click|cursor/.test(path))).toEqual(['/splitsecond-thrashed-cursor.js'])
    expect((await belongings(page)).listeners).toContain('window:pointermove')
    await call(page, 'stop')
    const left = async () => {
      const { listeners, timers, observers } = await belongings(page)
      return { listeners, timers, observers }
    }
    await expect.poll(left, 'what is still held').toEqual({ listeners: [], timers: 0, observers: [] })
  },
)

test('a shopper who buys in peace is not taken for an angry one', async ({ page, shopper }) => {
  const rules = ruleset([], { observe: [...clickMoments, 'thrashed-cursor'] })
  await page.route('/rules.json', (route) => route.fulfill({ json: rules }))
  await page.addInitScript(() => {
    const all: unknown[] = []
    Object.assign(window, { told: all })
    document.addEventListener('splitsecond:moment', (event) => all.push((event as CustomEvent).detail.moment))
  })
  await shopper.fillsBasket('/app')
  await armed(page)
  await watched(page)
  const more = page.getByRole('button', { name: /One .* more/ })
  for (let count = 2; count <= 7; count++) {
    await more.click()
    await expect(page.locator('.stepper-count')).toHaveText(String(count))
  }
  await shopper.goesToCheckout('/app')
  await shopper.givesAddress('/app')
  await shopper.choosesDelivery('/app')
  await shopper.pays('/app')
  expect((await told(page)).filter(({ name }) => name !== 'multi-click')).toEqual([])
})
