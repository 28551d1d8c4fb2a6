import type { Page } from '@playwright/test'
import { anyNudge, armed, call, expect, flush, test } from '../kit/fixtures'
import { openLab, ruleset } from '../kit/lab'

const rules = ruleset([
  { id: 'in-order', on: 'arrival', variants: [{ id: 'a', nudge: { surface: 'reorder' } }] },
  {
    id: 'question',
    on: 'question',
    variants: [{ id: 'a', nudge: { surface: 'modal', copy: { en: { title: 'May we ask?' } } } }],
  },
])
const products = [
  ['Red mug', 'mugs'],
  ['Oak tray', 'trays'],
  ['Blue mug', 'mugs'],
  ['Teapot', 'pots'],
  ['Ash tray', 'trays'],
  ['Kettle', 'pots'],
] as const
const li = (name: string, category: string) =>
  `<li data-splitsecond-item="${name}" data-splitsecond-category="${category}"><a href="#${name}">${name}</a></li>`
const [first, ...rest] = products.map(([name, category]) => li(name, category))
/** A list in which not all is a product, far down the page. */
const list = `
  <style>
    li { height: 120px; } ul { display: grid; grid-template-columns: 1fr 1fr; margin-top: 300px } [data-splitsecond-item='Ash tray'] { height: 200px }
    body { height: 4000px }
  </style>
  <h1>Tableware</h1><input aria-label="Search">
  <ul data-splitsecond-list>${first}<li>Free returns</li>${rest.join('')}</ul>`
const texts = (page: Page) => page.locator('ul > li').allTextContents()
const asThePageHasIt = ['Red mug', 'Free returns', 'Oak tray', 'Blue mug', 'Teapot', 'Ash tray', 'Kettle']
const asSheLikesIt = ['Oak tray', 'Free returns', 'Ash tray', 'Red mug', 'Blue mug', 'Teapot', 'Kettle']

/** She has looked at trays, and a little at mugs. */
async function arrives(page: Page) {
  await page.addInitScript(() => {
    const shifts: { value: number; hadRecentInput: boolean }[] = ((
      window as unknown as { shifts: object }
    ).shifts = [])
    new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries() as never as typeof shifts) shifts.push(entry)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await openLab(page, { rules, body: list })
  await armed(page)
  await call(page, 'cart', { items: [{ category: 'trays' }], total: 9 })
  await call(page, 'page', { type: 'product', category: 'mugs' })
}
const lastReason = (page: Page) =>
  page.evaluate(() => {
    const { splitsecond } = window as unknown as {
      splitsecond: { explain(): { decision: { reason: string } }[] }
    }
    return splitsecond.explain()[0]?.decision.reason
  })
/** Of the shifts that count. */
const shifted = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { shifts: { value: number; hadRecentInput: boolean }[] }).shifts
      .filter(({ hadRecentInput }) => !hadRecentInput)
      .reduce((sum, { value }) => sum + value, 0),
  )
const settled = (page: Page) =>
  page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === 'finished'))

for (const motion of ['no-preference', 'reduce'] as const)
  test(`what she leans to comes first, all else stays as it was; nothing jumps (motion: ${motion})`, async ({
    page,
    collector,
  }) => {
    await page.emulateMedia({ reducedMotion: motion })
    await arrives(page)
    await page.getByLabel('Search').focus()
    await page.evaluate(() => scrollTo(0, 250))
    const began = await page.evaluate(async () => {
      const placeOf = () => [...document.querySelectorAll('li')].map((it) => [it.textContent, it.getBoundingClientRect().x, it.getBoundingClientRect().y]) // prettier-ignore
      const byName = (places: unknown[][]) =>
        Object.fromEntries(places.map(([name, ...place]) => [name, place]))
      const before = byName(placeOf())
      const { splitsecond } = window as unknown as { splitsecond: { moment(name: string): void } }
      const changed = new Promise((resolve) =>
        new MutationObserver(resolve).observe(document.querySelector('ul')!, { childList: true }),
      )
      splitsecond.moment('arrival')
      await changed
      return { before, after: byName(placeOf()) }
    })
    // In the first frame each is where it was.
    expect(began.after).toEqual(began.before)
    expect(await texts(page)).toEqual(asSheLikesIt)
    const faint = await page.evaluate(
      () => [...document.querySelectorAll('li')].filter((it) => getComputedStyle(it).opacity !== '1').length,
    )
    expect(faint).toBe(0)
    await settled(page)
    const shown = await collector.waitForShown('in-order')
    expect(shown.channel.surface).toBe('reorder')
    expect(await shifted(page)).toBe(0)
    expect(await page.evaluate(() => [scrollY, document.activeElement?.getAttribute('aria-label')])).toEqual([
      250,
      'Search',
    ])
    await expect(anyNudge(page)).toHaveCount(0)
    // In nobody's way.
    await call(page, 'moment', 'question')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await call(page, 'stop')
    expect(await texts(page)).toEqual(asThePageHasIt)
  })

test('not while she points at it @mouse', async ({ page }) => {
  await arrives(page)
  await page.getByText('Teapot').hover()
  await call(page, 'moment', 'arrival')
  await expect.poll(() => lastReason(page)).toBe('busy')
  expect(await texts(page)).toEqual(asThePageHasIt)
  await page.mouse.move(2, 2)
  await call(page, 'moment', 'arrival')
  await expect.poll(() => texts(page)).toEqual(asSheLikesIt)
})

test('nor while the focus is in it', async ({ page }) => {
  await arrives(page)
  await page.getByRole('link', { name: 'Teapot' }).focus()
  await call(page, 'moment', 'arrival')
  await expect.poll(() => lastReason(page)).toBe('busy')
  expect(await texts(page)).toEqual(asThePageHasIt)
})

test('a list that is in her order already, and a page without one, are left alone', async ({ page }) => {
  await arrives(page)
  await call(page, 'moment', 'arrival')
  await expect.poll(() => texts(page)).toEqual(asSheLikesIt)
  await page.evaluate(() => document.querySelector('ul')!.remove())
  const arrivesAgain = async () => {
    await call(page, 'moment', 'arrival')
    return lastReason(page)
  }
  await expect.poll(arrivesAgain).toBe('no-place')
  await flush(page)
  await openLab(page, { rules, body: `<ul data-splitsecond-list>${li('Oak tray', 'trays')}${first}</ul>` })
  await armed(page)
  await expect.poll(arrivesAgain).toBe('no-place')
})
