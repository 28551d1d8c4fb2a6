import { takeOut } from '../kit/console-lines'
import { anyNudge, armed, call, expect, expectDrawn, nudgeOf, test } from '../kit/fixtures'
import { ruleOn, ruleset } from '../kit/lab'
import type { Handle } from '../../sdk/src/handle'

/** Nothing but scripts and pictures from the shop itself, and no markup made from text. */
const policy = (collector: string) =>
  `default-src 'none'; script-src 'self'; connect-src ${collector}; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`

const picture = { src: '/art/lab.svg', width: 96, height: 72, alt: { en: 'A kettle' } }
const theme = { background: '#102030', color: '#fefefe', radius: 3, font: 'Georgia, serif', fontSize: 16, shadow: 'strong', dark: { background: '#405060' } } // prettier-ignore
const button = (act: string, more: object = {}) => ({ label: { en: `Do ${act}` }, do: act, ...more })

const rules = ruleset([
  ruleOn('toast', {}, { theme, image: picture, actions: [button('copy', { code: 'TEN' })] }),
  ruleOn('bar', {}, { surface: 'bar', theme, actions: [button('snooze', { forMs: 1000 })] }),
  ruleOn('modal', {}, { surface: 'modal', image: picture, actions: [button('coupon', { code: 'TEN' })] }),
  ruleOn('slide-in', {}, { surface: 'slide-in', image: picture, actions: [button('event', { name: 'tried' })] }),
  ruleOn('inline', {}, { surface: 'inline', place: { slot: 'here' } }),
  ruleOn('tip', {}, { surface: 'tip', anchor: '#buy' }),
  ruleOn('event', {}, { surface: 'event' }),
  ruleOn('reorder', {}, { surface: 'reorder' }),
]) // prettier-ignore

const body = `<h1>Lab</h1><p><button id="buy" type="button">Buy</button></p><div data-splitsecond-slot="here"></div>
  <ul data-splitsecond-list><li data-splitsecond-item="a" data-splitsecond-category="pots">Pot</li><li data-splitsecond-item="b" data-splitsecond-category="pans">Pan</li></ul>`
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lab</title><meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="icon" href="/art/lab.svg"><script async src="/splitsecond.js" data-ruleset="/lab/rules.json" data-collector="/v1/events" data-consent="granted"></script></head><body>${body}</body></html>`

interface Lab {
  violations: string[]
  shown: string[]
  splitsecond: Handle
}

test(
  'all surfaces, pictures, themes and buttons: nothing is refused, nothing is missing',
  { tag: '@firefox' },
  async ({ page, shop, collector, consoleLines }) => {
    await page.addInitScript(() => {
      const lab = window as unknown as Lab
      lab.violations = []
      lab.shown = []
      document.addEventListener('securitypolicyviolation', (it) =>
        lab.violations.push(`${it.violatedDirective} ${it.blockedURI} ${it.sourceFile} ${it.sample}`),
      )
      document.addEventListener('splitsecond:show', ({ detail }: CustomEventInit<{ title: string }>) =>
        lab.shown.push(detail!.title),
      )
    })
    const headers = { 'content-security-policy': policy(shop) }
    await page.route('/lab/rules.json', (route) => route.fulfill({ json: rules }))
    await page.route('/art/lab.svg', (route) =>
      route.fulfill({
        contentType: 'image/svg+xml',
        body: '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>',
      }),
    )
    await page.route('/lab', (route) => route.fulfill({ contentType: 'text/html', body: html, headers }))
    await page.goto('/lab')
    await armed(page)
    await page.evaluate(() => {
      const { splitsecond } = window as unknown as Lab
      splitsecond.provide('coupon', () => 'Ten percent off')
      splitsecond.page({ type: 'product', category: 'pans' })
    })

    const raise = async (surface: string) => {
      await call(page, 'moment', surface)
      const nudge = nudgeOf(page, `on-${surface}`)
      await expect(nudge).toBeInViewport({ ratio: 0.9 })
      const own = await nudge.evaluate((it) => getComputedStyle(it).backgroundColor)
      expect(own, 'our style sheet is in force').not.toBe('rgba(0, 0, 0, 0)')
      return nudge
    }
    const toast = await raise('toast')
    await expect(toast).toHaveCSS('background-color', 'rgb(16, 32, 48)')
    await expectDrawn(toast.getByRole('img', { name: 'A kettle' }))
    await toast.getByRole('button', { name: 'Do copy' }).click()
    await expect(toast.locator('[part=result]')).toContainText('TEN')
    await toast.getByRole('button', { name: 'Close' }).click()
    await (await raise('bar')).getByRole('button', { name: 'Do snooze' }).click()
    const modal = await raise('modal')
    await modal.getByRole('button', { name: 'Do coupon' }).click()
    await expect(modal.locator('[part=result]')).toHaveText('Ten percent off')
    await page.keyboard.press('Escape')
    await (await raise('slide-in')).getByRole('button', { name: 'Do event' }).click()
    for (const surface of ['inline', 'tip'])
      await (await raise(surface)).getByRole('button', { name: 'Thanks' }).click()
    await expect(anyNudge(page)).toHaveCount(0)

    await call(page, 'moment', 'event')
    expect(await page.evaluate(() => (window as unknown as Lab).shown)).toEqual(['May we help?'])
    await call(page, 'moment', 'reorder')
    await expect(page.locator('li').first()).toHaveText('Pan')
    await call(page, 'stop')
    await expect(page.locator('li').first()).toHaveText('Pot')
    await collector.waitFor('nudge', ({ phase }) => phase === 'clicked')
    const violations = () => page.evaluate(() => (window as unknown as Lab).violations)
    expect(await violations()).toEqual([])
    // What is refused would have been told.
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'))
    await expect.poll(violations).toEqual([expect.stringContaining('style-src')])
    takeOut(consoleLines, /Content.Security.Policy/i)
  },
)
