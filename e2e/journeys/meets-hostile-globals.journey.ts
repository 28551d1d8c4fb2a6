import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { rulesetFile } from '../../sdk/schema'
import { expect, test, type Collector } from '../kit/fixtures'
import { ruleOn, ruleset } from '../kit/lab'

/**
 * Pages whose own code, or whose blocker, has changed what the script stands on before it comes: it does as much as can
 * be done with what is left, says so in one line, and the page goes on as if the script were not there.
 */
interface Hostile {
  /** Runs in the page, before the script. */
  readonly before: string
  /** @default the whole: a nudge is seen, and its event reaches the collector */
  readonly shows?: false
  readonly sends?: false
  /** Every line that the console may have; at least one has to come. */
  readonly says?: RegExp
}

const rules = ruleset([ruleOn('doubt', { validForMs: 10_000 })])
const html = (before: string, attributes = 'data-ruleset="/lab/rules.json"') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lab</title><link rel="icon" href="data:,">
  <script>${before}</script></head><body><h1>Lab</h1>
  <script id="splitsecond-ruleset" type="application/json">${JSON.stringify(rules)}</script>
  <button id="doubt" onclick="splitsecond.moment('doubt')">Doubt</button>
  <button id="flush" onclick="splitsecond.flush()">Flush</button>
  <button id="buy" onclick="document.getElementById('count').textContent++">Buy</button> <output id="count">0</output>
  <script src="/splitsecond.js" ${attributes} data-collector="/v1/events" data-vitals="false"></script></body></html>`

/** Shops that one after another are visited in one tab. */
async function visit(
  { page, collector, consoleLines: lines }: Shopping,
  cases: Readonly<Record<string, Hostile>>,
) {
  test.setTimeout(120_000)
  const nudge = page.locator('[data-rule="on-doubt"]')
  await page.route('/lab/rules.json', (route) => route.fulfill({ json: rules }))
  for (const [name, { before, shows = true, sends = true, says }] of Object.entries(cases))
    await test.step(name, async () => {
      await page.route('/lab', (route) => route.fulfill({ contentType: 'text/html', body: html(before) }))
      // What the page before had to say it has said.
      await page.goto('about:blank')
      lines.length = 0
      const since = Date.now()
      await page.goto('/lab')
      if (shows) {
        // The page may call before the script has its parts.
        await page.locator('#doubt').click()
        await expect.soft(nudge, name).toBeVisible()
      } else {
        if (says) await expect.soft.poll(() => lines.length, { message: name }).toBeGreaterThan(0)
        await expect(nudge, name).toHaveCount(0)
      }
      await page.locator('#buy').click()
      await expect(page.locator('#count')).toHaveText('1')
      // What pages before could not send may come now.
      const shown = async () =>
        (await collector.events('nudge')).filter(({ phase, at }) => phase === 'shown' && at >= since).length
      const flushed = async () => {
        await page.locator('#flush').click()
        return shown()
      }
      // What is told of the paint may come after the first look.
      if (shows && sends) await expect.soft.poll(flushed, { message: `${name}: sent` }).toBe(1)
      else expect.soft(await shown(), name).toBe(0)
      if (says) expect.soft(lines.length, name).toBeGreaterThan(0)
      expect.soft(lines.filter((line) => !says?.test(line)), name).toEqual([])
      lines.length = 0
    }) // prettier-ignore
}
interface Shopping {
  readonly page: Page
  readonly collector: Collector
  readonly consoleLines: string[]
}

const throwing = `() => { throw Error('the page’s own') }`
const never = `() => new Promise(() => {})`
const getter = (object: string, name: string, get: string) =>
  `Object.defineProperty(${object}, '${name}', { configurable: true, get: ${get} })`

// ── prototype pollution ─────────────────────────────────────────────────────────────────────────────

const optionNames = ['ruleset', 'collector', 'format', 'key', 'consent', 'vitals', 'decider', 'deciderDeadline', 'publicKey'] // prettier-ignore
/** What may stand in the options that the script hands to the browser. */
const browserNames = ['method', 'headers', 'body', 'mode', 'cache', 'redirect', 'integrity', 'keepalive', 'credentials', 'referrer', 'referrerPolicy', 'priority', 'window', 'once', 'passive', 'capture', 'signal', 'durability', 'detail', 'bubbles', 'duplex', 'delegatesFocus', 'slotAssignment', 'root', 'rootMargin', 'threshold', 'trackVisibility'] // prettier-ignore
const rulesetNames = () => {
  const found = new Set<string>()
  const walk = (it: unknown) => {
    if (!(it instanceof Object)) return
    const { properties } = it as { properties?: object }
    for (const name of Object.keys(properties ?? {})) found.add(name)
    for (const part of Object.values(it)) walk(part)
  }
  walk(z.toJSONSchema(rulesetFile))
  return [...found]
}
const polluted = (names: readonly string[], value: string) =>
  `for (const name of ${JSON.stringify(names)}) Object.prototype[name] = ${value}`

test('what was put into every object’s prototype is no option, no rule, no part of a request', { tag: ['@once', '@firefox'] }, async ({ page, collector, consoleLines }) => {
  const names = rulesetNames()
  expect(names).toEqual(expect.arrayContaining(['limits', 'holdout', 'enabled', 'maxAgeMs', 'priority', 'theme', 'href']))
  const values = [`'denied'`, 'true', '0', '{}', '[]', throwing]
  const pollution = (of: string, what: readonly string[]) => values.map((value) => [`${of}: ${value}`, { before: polluted(what, value) }] as const)
  await visit({ page, collector, consoleLines }, Object.fromEntries([
    ...pollution('options', optionNames),
    ...pollution('rulesets', names),
    ...pollution('requests and listeners', browserNames),
  ]))
}) // prettier-ignore

// ── patched globals ─────────────────────────────────────────────────────────────────────────────────

const storageFails = /IndexedDB fails/
const unheard = /the collector \/v1\/events answers nothing|ruleset \/lab\/rules\.json: /

const patched: Readonly<Record<string, Hostile>> = {
  // The rules in the page are used, nothing can be sent.
  'fetch throws': { before: `fetch = ${throwing}`, sends: false, says: unheard },
  'fetch never settles': { before: `fetch = ${never}`, sends: false },
  'fetch answers a text': { before: `fetch = () => 'text'`, sends: false, says: unheard },
  'fetch answers an empty object': { before: `fetch = async () => ({})`, sends: false, says: unheard },
  'fetch is a number': { before: `fetch = 5`, sends: false, says: unheard },
  'no fetch': { before: `delete window.fetch`, sends: false, says: unheard },
  'fetch is watched': { before: `const own = fetch; fetch = (...all) => own(...all).then((it) => { it.clone().text(); return it })` },
  'JSON.parse throws': { before: `JSON.parse = ${throwing}`, shows: false, says: /wanted JSON|the page’s own/ },
  'JSON.parse answers nothing': { before: `JSON.parse = () => {}`, shows: false, says: /wanted an object/ },
  'JSON.stringify throws': { before: `JSON.stringify = ${throwing}`, shows: false, says: /splitsecond: / },
  'JSON.stringify answers nothing': { before: `JSON.stringify = () => {}`, sends: false },
  'a Promise of the page’s own': { before: `window.Promise = class extends Promise {}; fetch = async () => { throw Error('down') }`, sends: false, says: unheard },
  'no Promise': { before: `delete window.Promise`, shows: false, says: /splitsecond: / },
  'Promise.all throws': { before: `Promise.all = ${throwing}`, shows: false, says: /splitsecond: / },
  'Promise.all never settles': { before: `Promise.all = ${never}`, shows: false },
  'Promise.race throws': { before: `Promise.race = ${throwing}` },
  'then is wrapped': { before: `const { then } = Promise.prototype; Promise.prototype.then = function (...all) { return then.apply(this, all.map((it) => it && ((...given) => it(...given)))) }` },
  'addEventListener throws': { before: `EventTarget.prototype.addEventListener = ${throwing}`, shows: false, says: /splitsecond: / },
  'addEventListener does nothing': { before: `EventTarget.prototype.addEventListener = () => {}` },
  'addEventListener is a text': { before: `EventTarget.prototype.addEventListener = 'text'`, shows: false, says: /splitsecond: / },
  'no indexedDB': { before: getter('window', 'indexedDB', '() => undefined'), says: storageFails },
  'indexedDB cannot be read': { before: getter('window', 'indexedDB', throwing), says: storageFails },
  'indexedDB.open throws': { before: `IDBFactory.prototype.open = ${throwing}`, says: storageFails },
  'indexedDB.open never answers': { before: `IDBFactory.prototype.open = () => ({})` },
  'indexedDB.open answers a text': { before: `IDBFactory.prototype.open = () => 'text'` },
  'sessionStorage cannot be read': { before: getter('window', 'sessionStorage', throwing) },
  'navigator says nothing': {
    before: ['globalPrivacyControl', 'connection', 'onLine', 'languages', 'language', 'clipboard', 'sendBeacon'].map((name) => getter('navigator', name, '() => undefined')).join(';'),
  },
  'navigator says what it must not': {
    before: ['connection', 'onLine', 'languages', 'language', 'clipboard'].map((name) => getter('navigator', name, '() => 7')).join(';'),
  },
  'navigator throws, and with it the word on privacy': {
    before: ['globalPrivacyControl', 'connection', 'onLine', 'languages', 'language', 'clipboard', 'sendBeacon'].map((name) => getter('navigator', name, throwing)).join(';'),
    // A "no" that cannot be read is a "no".
    sends: false,
  },
  'no observers': { before: `delete window.MutationObserver; delete window.IntersectionObserver; delete window.PerformanceObserver; delete window.ResizeObserver`, shows: false },
  'no idle time, no animations': { before: `delete window.requestIdleCallback; delete Element.prototype.animate; delete Element.prototype.getAnimations` },
  'no random numbers': { before: `Crypto.prototype.getRandomValues = ${throwing}`, shows: false, says: /splitsecond: / },
  'no clock': { before: `Performance.prototype.now = ${throwing}`, shows: false, says: /splitsecond: / },
  'timers throw': { before: `window.setTimeout = ${throwing}`, shows: false, says: /splitsecond: / },
  'frames throw': { before: `window.requestAnimationFrame = ${throwing}`, sends: false, says: /splitsecond: / },
  'no media queries': { before: `delete window.matchMedia`, shows: false, says: /splitsecond: / },
  'a console that throws': { before: `console.error = console.warn = ${throwing}; fetch = ${throwing}`, sends: false },
} // prettier-ignore

test('functions that the page has replaced by ones that throw, never answer, or answer what they must not', { tag: '@once' }, async ({ page, collector, consoleLines }) => {
  await visit({ page, collector, consoleLines }, patched)
}) // prettier-ignore

// ── a shop among others ─────────────────────────────────────────────────────────────────────────────

const frozen = `
  const seen = new Set()
  const freeze = (it) => {
    if ((typeof it !== 'object' && typeof it !== 'function') || it === null || seen.has(it)) return
    seen.add(it)
    for (const { value, get, set } of Object.values(Object.getOwnPropertyDescriptors(it))) [value, get, set].forEach(freeze)
    freeze(Object.getPrototypeOf(it))
    Object.freeze(it)
  }
  for (const name of ['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'Date', 'Promise', 'RegExp', 'Error', 'TypeError', 'Map', 'Set', 'WeakMap', 'WeakSet', 'JSON', 'Math', 'Reflect', 'Proxy', 'Intl', 'ArrayBuffer', 'DataView', 'Uint8Array', 'BigInt']) freeze(window[name])
  ;[async () => {}, function* () {}, async function* () {}, [][Symbol.iterator]()].forEach((it) => freeze(Object.getPrototypeOf(it)))`
const zone = readFileSync(createRequire(import.meta.url).resolve('zone.js'), 'utf8')

test('intrinsics that are frozen, and Zone.js: nothing is missed', { tag: ['@once', '@firefox'] }, async ({ page, collector, consoleLines }) => {
  await visit({ page, collector, consoleLines }, {
    'frozen intrinsics': { before: frozen },
    'Zone.js': { before: zone },
    'both': { before: `${zone};${frozen}` },
  })
}) // prettier-ignore

// ── blockers ────────────────────────────────────────────────────────────────────────────────────────

test('what an ad blocker leaves of it', { tag: '@once' }, async ({ page, consoleLines }) => {
  const nudge = page.locator('[data-rule="on-doubt"]')
  const click = async (id: string) => page.locator(`#${id}`).click()
  const open = async (before = '') => {
    await page.unroute('/lab')
    await page.route('/lab', (route) => route.fulfill({ contentType: 'text/html', body: html(before, '') }))
    await page.goto('/lab')
  }
  const expectLines = (lines: readonly RegExp[]) => {
    const found = consoleLines.splice(0).filter((line) => !/ERR_BLOCKED_BY_CLIENT/.test(line))
    expect(found).toEqual(lines.map((line) => expect.stringMatching(line)))
  }
  const block = (path: string) => page.route(path, (route) => route.abort('blockedbyclient'))

  await test.step('the collector is blocked: nudges are shown, and the console has one line', async () => {
    await block('/v1/events**')
    await open()
    await click('doubt')
    await expect(nudge).toBeVisible()
    await click('flush')
    await expect.poll(() => consoleLines.some((line) => /answers nothing/.test(line))).toBe(true)
    await click('flush')
    expectLines([/collector .* answers nothing; events are kept and tried again/])
  })
  await test.step('the beacon is blocked', async () => {
    await block('**/splitsecond-beacon.js')
    await open()
    await click('doubt')
    await expect(nudge).toBeVisible()
    expectLines([/the part beacon could not be loaded/])
  })
  await test.step('its parts are replaced by empty ones', async () => {
    await page.unroute('**/splitsecond-beacon.js')
    const empty = { contentType: 'text/javascript', body: '(function() { "use strict"; })()' }
    await page.route('**/splitsecond-*.js', (route) => route.fulfill(empty))
    await open()
    await expect.poll(() => consoleLines.length).toBeGreaterThan(0)
    await click('doubt')
    await click('flush')
    await click('buy')
    await expect(page.locator('#count')).toHaveText('1')
    await expect(nudge).toHaveCount(0)
    expect(consoleLines.splice(0).filter((line) => !/the part [\w-]+ could not be loaded/.test(line))).toEqual([])
  })
  await test.step('its parts are blocked', async () => {
    await block('**/splitsecond-*.js')
    await open()
    await expect.poll(() => consoleLines.some((line) => /the part decide could not be loaded/.test(line))).toBe(true)
    await click('buy')
    await expect(page.locator('#count')).toHaveText('1')
    expect(consoleLines.splice(0).filter((line) => !/the part [\w-]+ could not be loaded|ERR_BLOCKED_BY_CLIENT/.test(line))).toEqual([])
    await page.unroute('**/splitsecond-*.js')
  })
  for (const [name, before, says] of [
    ['a stub that takes every call', `window.splitsecond = new Proxy(function () {}, { get: () => () => {} })`, [/is on this page twice/]],
    ['a stub that is frozen', `window.splitsecond = Object.freeze({ q: [] })`, [/splitsecond: could not start/]],
    // It runs, though nobody can call it.
    ['a global that cannot be written', getter('window', 'splitsecond', '() => undefined'), [/collector .* answers nothing/]],
  ] as const)
    await test.step(name, async () => {
      await open(before)
      await expect.poll(() => consoleLines.length).toBeGreaterThan(0)
      await click('buy')
      await expect(page.locator('#count')).toHaveText('1')
      await expect(nudge).toHaveCount(0)
      expectLines(says)
    })
}) // prettier-ignore
