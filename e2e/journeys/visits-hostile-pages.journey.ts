import type { Page } from '@playwright/test'
import type { Handle } from '../../sdk/src/handle'
import { armed, call, expect, expectSeen, nudgeOf, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

/** Pages as shops have them, and worse: the nudge is seen, or it is told why not; the page goes on as if we were not there. */
const surfaces = ['toast', 'bar', 'modal', 'slide-in', 'inline', 'tip'] as const
type Surface = (typeof surfaces)[number]

const rules = ruleset(
  surfaces.map((surface) =>
    ruleOn(
      surface,
      { validForMs: 400 },
      {
        surface,
        actions: [
          { label: { en: 'Thanks' }, do: 'dismiss' },
          { label: { en: 'There' }, do: 'link', href: 'there' },
        ],
        ...(surface === 'inline' && { place: { slot: 'here' } }),
        ...(surface === 'tip' && { anchor: '#buy' }),
      },
    ),
  ),
)

const tag = `<script src="/splitsecond.js" data-ruleset="/lab/rules.json" data-collector="/v1/events" data-vitals="false"></script>`
const style = (css: string) => `<style>${css}</style>`
const script = (code: string) => `<script>${code}</script>`
const content = `<h1>Lab</h1><p><button id="buy" type="button" onclick="document.getElementById('count').textContent++">Buy</button> <output id="count">0</output></p>
  <div data-splitsecond-slot="here" style="min-height:200px;width:400px"></div><p id="after">What comes after it.</p>`
const html = ({
  head = '',
  body = content,
  doctype = '<!doctype html>',
  attributes = 'lang="en"',
}: Partial<Hostile>) =>
  `${doctype}<html ${attributes}><head><meta charset="utf-8"/><title>Lab</title><meta name="viewport" content="width=device-width, initial-scale=1"/><link rel="icon" href="data:,"/>${head}</head><body>${body}</body></html>`

interface Hostile {
  readonly head: string
  readonly body: string
  readonly doctype: string
  readonly attributes: string
  readonly type: string
  /** What is done once the page is armed. */
  readonly afterwards: (page: Page) => Promise<unknown>
  /** Surfaces that are held, or missed, on this page, by the reason that is told. */
  readonly without: Partial<Record<Surface, string | undefined>>
  readonly says: RegExp
}

const all = (reason: string) =>
  Object.fromEntries(surfaces.map((surface) => [surface, reason])) as Record<Surface, string>

const pages: Readonly<Record<string, Partial<Hostile>>> = {
  'a style sheet that takes back all others': { head: style('* { all: revert !important }') + tag },
  'a style sheet that unsets all': { head: style('*, *::before, *::after { all: unset !important } head { display: none !important }') + tag },
  'resets, and what shops hide': {
    head: style(`* { margin: 0 !important; padding: 0 !important; border: 0 !important; font: 10px/1 monospace !important; float: left !important; position: static !important; animation: none !important; max-width: 100px !important }
      div:empty, dialog, [popover], :popover-open, [role=status], [hidden], body ~ *, html > div, ::backdrop { display: none !important; visibility: hidden !important; opacity: 0 !important }
      [data-splitsecond-slot] { display: block !important; min-height: 200px; float: none !important; max-width: none !important }`) + tag,
    // The page hides its slot as long as it is empty.
    without: { inline: 'hold no-place' },
  },
  'a style sheet that hides what stands beside the body': { head: style('html > :not(head, body) { display: none !important; transform: scale(0) !important; z-index: -1 !important; pointer-events: none !important }') + tag },
  'a root that is zoomed, turned, dimmed and filtered': { head: style('html { filter: sepia(1); opacity: .9; perspective: 100px; overflow: hidden; height: 100%; contain: paint; pointer-events: auto; text-transform: uppercase; letter-spacing: 3px; word-spacing: 9px; text-indent: 50px; visibility: visible }') + tag },
  'properties registered under our names': {
    head: style(['paper', 'ink', 'accent', 'on-accent', 'line', 'round', 'shadow', 'arrow'].map((name) => `@property --${name} { syntax: "<angle>"; inherits: false; initial-value: 0deg }`).join('')) + tag,
  },
  'a page that removes what it does not know': {
    head: script(`const known = new Set(); addEventListener('DOMContentLoaded', () => {
      for (const it of document.querySelectorAll('*')) known.add(it)
      new MutationObserver((all) => { for (const { addedNodes } of all) for (const it of addedNodes) if (it.nodeType === 1 && !known.has(it)) it.remove() })
        .observe(document.documentElement, { childList: true, subtree: true }) })`) + tag,
    without: { ...all('missed moment-over'), inline: 'missed no-place' },
  },
  'elements without popover and animate': { head: script(`delete HTMLElement.prototype.showPopover; delete HTMLElement.prototype.hidePopover; delete HTMLElement.prototype.popover; delete Element.prototype.animate; delete Element.prototype.checkVisibility`) + tag },
  'elements whose boxes cannot be read': {
    head: script(`Element.prototype.getBoundingClientRect = Element.prototype.getClientRects = () => { throw Error('no boxes here') }`) + tag,
    without: { inline: 'hold quarantined', tip: 'hold quarantined' },
    says: /surface\/(inline|tip) failed/,
  },
  'dialogs that cannot be opened': {
    head: script(`HTMLDialogElement.prototype.showModal = () => { throw Error('no dialogs here') }`) + tag,
    without: { modal: 'missed quarantined' },
    says: /surface\/modal failed/,
  },
  'popovers that cannot be opened': {
    head: script(`HTMLElement.prototype.showPopover = () => { throw Error('no popovers here') }`) + tag,
    // A dialog is none, and what stands in the page neither.
    without: { ...all('missed quarantined'), modal: undefined, inline: undefined },
    says: /surface\/(toast|bar|slide-in|tip) failed/,
  },
  'elements that cannot be put in': {
    head: script(`Element.prototype.append = () => { throw Error('nothing comes in here') }`) + tag,
    without: all('hold no-ruleset'),
    says: /nudge failed/,
  },
  'elements that cannot be moved or asked for their kin': {
    head: script(`Element.prototype.animate = Element.prototype.closest = Element.prototype.matches = () => { throw Error('hands off') }`) + tag,
    says: /capture\/press failed/,
  },
  'no shadow roots': {
    head: script(`delete Element.prototype.attachShadow`) + tag,
    without: all('hold no-ruleset'),
    says: /nudge failed/,
  },
  'shadow roots that are closed': { head: script(`const { attachShadow } = Element.prototype; Element.prototype.attachShadow = function () { return window.root = attachShadow.call(this, { mode: 'closed' }) }`) + tag },
  'an old library’s own methods of elements and lists': {
    head: script(`Element.prototype.remove = function () { this.parentNode.removeChild(this); return this }
      Array.from = (it) => [].slice.call(it); Array.prototype.entries = function () { return this.slice() }
      Element.prototype.show = Element.prototype.hide = Element.prototype.toggle = Element.prototype.replace = Element.prototype.scrollTo = function () { return this }
      Array.prototype.first = Array.prototype.last = Array.prototype.clone = Object.prototype.toQuery = function () { return this }
      String.prototype.sub = function () { return this }; Number.prototype.times = function () {}`) + tag,
  },
  'nodes that are put in by the page’s own append': {
    head: script(`for (const name of ['appendChild', 'insertBefore']) { const own = Node.prototype[name]; Node.prototype[name] = function (...nodes) { window.put = (window.put || 0) + 1; return own.apply(this, nodes) } }
      const { append } = Element.prototype; Element.prototype.append = function (...nodes) { window.put = (window.put || 0) + 1; append.apply(this, nodes); return this }`) + tag,
  },
  'a frozen body': { body: content + script('Object.freeze(document.body); Object.freeze(document.documentElement); Object.freeze(document)') + tag },
  'no body yet': { head: tag },
  'XHTML': {
    type: 'application/xhtml+xml',
    doctype: '',
    attributes: 'xmlns="http://www.w3.org/1999/xhtml" lang="en"',
    head: tag,
  },
  'quirks': { doctype: '', head: tag },
  'a base that leads elsewhere': { head: `<base href="/elsewhere/deep/" target="_blank"/>` + tag },
  'a page whose body is replaced after arming': {
    head: tag,
    afterwards: (page) => page.evaluate((text) => {
      const body = document.createElement('body')
      body.innerHTML = text
      document.body.replaceWith(body)
    }, content),
  },
  'a page whose root is replaced after arming': {
    head: tag,
    afterwards: (page) => page.evaluate((text) => {
      const root = document.createElement('html')
      root.innerHTML = `<head></head><body>${text}</body>`
      document.documentElement.replaceWith(root)
    }, content),
  },
} // prettier-ignore

/** What became of it, by the events of its rule. */
const toldOf = (page: Page, rule: string) =>
  page.evaluate((name) => {
    const { told } = window as unknown as { told: Told[] }
    return told
      .filter(({ rule, decision }) => [rule, decision?.rule ?? decision?.reason].includes(name))
      .map(({ phase, decision, reason }) => [phase ?? decision?.verdict, decision?.reason ?? reason].join(' ').trim())
  }, rule) // prettier-ignore
interface Told {
  rule?: string
  phase?: string
  reason?: string
  decision?: { rule: string; verdict: string; reason: string }
}

/** The nudge as the shopper meets it, with the place of its first button; whatever keeps her from it. */
const met = (page: Page, surface: Surface) =>
  page.evaluate((name) => {
    const { roots } = window as unknown as { roots: ShadowRoot[] }
    const nudge = roots.map((root) => root.querySelector<HTMLElement>(`[data-surface=${name}]`)).find((it) => it?.isConnected)
    if (!nudge) return { faults: ['is not there'], x: 0, y: 0 }
    // Boxes are looked at where they come to rest.
    for (const animation of nudge.getAnimations()) animation.finish()
    const boxOf = (it: Element) => {
      const range = document.createRange()
      range.selectNode(it)
      return (window as unknown as { boxOf: (it: Element) => DOMRect }).boxOf(it)
    }
    const hits = (it: Element) => {
      const { x, y, width, height } = boxOf(it)
      return it.contains((it.getRootNode() as ShadowRoot).elementFromPoint(x + width / 2, y + height / 2))
    }
    const { width, left, right, top, bottom } = boxOf(nudge)
    const { backgroundColor, color, visibility, opacity, fontSize, borderTopLeftRadius } = getComputedStyle(nudge)
    const faults = [
      ...['title', 'body', 'action', 'close'].filter((it) => !hits(nudge.querySelector(`.${it}`)!)).map((it) => `hides its ${it}`),
      ...(left < 0 || right > innerWidth || top < 0 || bottom > innerHeight || width < 200 ? [`is at ${left},${top} to ${right},${bottom}`] : []),
      ...(backgroundColor === 'rgb(255, 255, 255)' && color === 'rgb(27, 29, 34)' ? [] : [`is ${color} on ${backgroundColor}`]),
      ...(visibility === 'visible' && opacity === '1' && fontSize === '15px' ? [] : [`is ${visibility}, ${opacity}, ${fontSize}`]),
      ...(name === 'bar' || borderTopLeftRadius === '14px' ? [] : [`has corners of ${borderTopLeftRadius}`]),
    ]
    const action = boxOf(nudge.querySelector('.action')!)
    return { faults, x: action.x + action.width / 2, y: action.y + action.height / 2 }
  }, surface) // prettier-ignore

const boxes = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll<HTMLElement>('h1, p, #buy, #after')].map((it) => [it.offsetTop, it.offsetLeft, it.offsetWidth])) // prettier-ignore

/** Those in which another engine is most likely to do otherwise. */
const inFirefox = new Set([
  'a style sheet that takes back all others',
  'an old library’s own methods of elements and lists',
  'XHTML',
  'a page whose body is replaced after arming',
])

for (const [name, hostile] of Object.entries(pages))
  test(`${name}: the nudge is seen or it is told why not, and the page goes on`, { tag: inFirefox.has(name) ? ['@once', '@firefox'] : '@once' }, async ({
    page,
    consoleLines,
  }) => {
    const { type = 'text/html', without = {}, says } = hostile
    const quick = expect.configure({ timeout: 4000 })
    const soon = { intervals: [50] }
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.addInitScript(() => {
      const told: unknown[] = []
      const roots: ShadowRoot[] = []
      const { getBoundingClientRect, attachShadow } = Element.prototype
      const boxOf = (it: Element) => getBoundingClientRect.call(it)
      Object.assign(window, { told, roots, boxOf })
      for (const kind of ['decision', 'nudge'])
        document.addEventListener(`splitsecond:${kind}`, (event) => told.push((event as CustomEvent).detail))
      Element.prototype.attachShadow = function (options) {
        const root = attachShadow.call(this, options)
        roots.push(root)
        return root
      }
    })
    await page.route('/lab/rules.json', (route) => route.fulfill({ json: rules }))
    await page.route('/lab', (route) => route.fulfill({ contentType: type, body: html(hostile) }))
    await page.goto('/lab')
    await page.waitForFunction(() => !!(window as unknown as { splitsecond?: Handle }).splitsecond)
    await call(page, 'refresh')
    await hostile.afterwards?.(page)
    const before = await boxes(page)
    for (const surface of surfaces)
      await test.step(surface, async () => {
        const rule = `on-${surface}`
        await call(page, 'moment', surface)
        const reason = without[surface]
        if (reason) {
          const told = reason === 'hold no-ruleset' ? 'no-ruleset' : rule
          return quick.poll(async () => (await toldOf(page, told)).at(-1), soon).toBe(reason)
        }
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
        expect(await boxes(page)).toEqual(before)
        const { faults, x, y } = await met(page, surface)
        expect(faults).toEqual([])
        await page.mouse.click(x, y)
        return quick.poll(() => toldOf(page, rule), soon).toEqual(['show shown', 'shown', 'dismissed'])
      })
    await page.evaluate(() => document.getElementById('buy')!.click())
    expect(await page.evaluate(() => document.getElementById('count')!.textContent)).toBe('1')
    expect(await boxes(page)).toEqual(before)
    if (says) expect(consoleLines.splice(0).join('\n')).toMatch(says)
  }) // prettier-ignore

for (const mode of ['open', 'closed'] as const)
  test(
    `an app in ${mode} shadow roots: she hesitates on what the page marks, and the tip stands beside it`,
    { tag: ['@once', '@mouse'] },
    async ({ page }) => {
      const app = script(`for (const name of ['shop-buy', 'shop-more']) customElements.define(name, class extends HTMLElement {
        connectedCallback() { this.attachShadow({ mode: '${mode}' }).innerHTML = '<button>' + this.title + '</button>' } })`) // prettier-ignore
      await openLab(page, {
        rules: ruleset(
          [ruleOn('hesitation', {}, { surface: 'tip' }), ruleOn('inside', {}, { surface: 'tip', anchor: 'shop-more button' })],
          { moments: { hesitation: { dwellMs: 200 } } },
        ),
        head: app,
        body: '<h1>Lab</h1><p><shop-buy data-cta title="Buy"></shop-buy> <shop-more title="More"></shop-more></p>',
      }) // prettier-ignore
      await armed(page)
      await call(page, 'moment', 'inside')
      await expect.poll(() => reasonsOf(page)).toEqual(['no-place'])
      const { x, y } = (await page.locator('shop-buy').boundingBox())!
      await page.mouse.move(5, 5)
      await page.mouse.move(x + 10, y + 10, { steps: 10 })
      await expectSeen(nudgeOf(page, 'on-hesitation'))
      const tip = (await nudgeOf(page, 'on-hesitation').boundingBox())!
      expect(tip.y - y).toBeLessThan(60)
    },
  )

test('a base leads the links of a nudge where it leads those of the page', { tag: '@once' }, async ({ page }) => {
  const actions = [{ label: { en: 'There' }, do: 'link', href: 'there' }]
  const rules = ruleset([ruleOn('doubt', {}, { actions })])
  await page.route('/elsewhere/deep/there', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>There</h1>' }))
  await openLab(page, { rules, head: '<base href="/elsewhere/deep/">' })
  await armed(page)
  await call(page, 'moment', 'doubt')
  await nudgeOf(page, 'on-doubt').getByRole('link', { name: 'There' }).click()
  await expect(page.getByRole('heading', { name: 'There' })).toBeVisible()
}) // prettier-ignore

test('a body that is replaced under a nudge leaves it where it is, and usable', { tag: '@once' }, async ({ page, collector }) => {
  const kinds = ['toast', 'modal', 'tip'] as const
  const of = (surface: string) => ruleOn(surface, {}, { surface, ...(surface === 'tip' && { anchor: '#buy' }) })
  const rules = ruleset(kinds.map(of))
  for (const surface of kinds)
    await test.step(surface, async () => {
      await openLab(page, { rules, body: content })
      await armed(page)
      await call(page, 'moment', surface)
      const nudge = nudgeOf(page, `on-${surface}`)
      await expectSeen(nudge)
      await page.evaluate((text) => {
        const body = document.createElement('body')
        body.innerHTML = text
        document.body.replaceWith(body)
      }, content)
      // What it pointed at is gone, and so it is.
      if (surface === 'tip') await expect(nudge).toHaveCount(0)
      else await nudge.getByRole('button', { name: 'Thanks' }).click()
      await expect(nudge).toHaveCount(0)
      await page.locator('#buy').click()
      await expect(page.locator('#count')).toHaveText('1')
      await page.evaluate(() => (window as unknown as { splitsecond: Handle }).splitsecond.flush())
    })
  const phases = (await collector.waitFor('nudge', undefined, 6)).map((it) => `${it.rule} ${it.phase}`)
  expect(phases.sort()).toEqual(kinds.flatMap((it) => [`on-${it} ${it === 'tip' ? 'expired' : 'dismissed'}`, `on-${it} shown`]).sort())
}) // prettier-ignore

const reasonsOf = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { splitsecond: Handle }).splitsecond.explain().map((it) => it.decision.reason),
  )
