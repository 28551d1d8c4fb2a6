import type { Page } from '@playwright/test'
import {
  anyNudge,
  armed,
  call,
  expect,
  expectDrawn,
  expectSeen,
  expectWholeSplits,
  flush,
  nudgeOf,
  test,
} from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

const picture = '/art/lab.svg'
const square = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="#c60"/></svg>`

const rules = ruleset(
  [
    ruleOn(
      'slid',
      {},
      { surface: 'slide-in', image: { src: picture, width: 96, height: 72, alt: { en: 'A kettle' } } },
    ),
    ruleOn('broken', {}, { image: { src: '/art/none.svg', width: 96, height: 72, alt: { en: 'A kettle' } } }),
    ruleOn('roomy', {}, { surface: 'inline', place: { slot: 'roomy' } }),
    ruleOn('tight', {}, { surface: 'inline', place: { slot: 'tight' } }),
    ruleOn('beside', {}, { surface: 'inline', place: { selector: '#words', position: 'after' } }),
    ruleOn('nowhere', {}, { surface: 'inline', place: { slot: 'nowhere' } }),
    ruleOn('senseless', {}, { surface: 'inline', place: { selector: '#a[', position: 'before' } }),
    ruleOn('pointed', {}, { surface: 'tip', anchor: '#price' }),
    ruleOn('hesitation', {}, { surface: 'tip' }),
    ruleOn('unanchored', {}, { surface: 'tip' }),
    ruleOn('lowered', { whenBusy: 'downgrade' }, { place: { slot: 'roomy' } }),
    ruleOn('inside', {}, { insideDialog: true }),
    ruleOn('over', {}, {}),
    ruleOn(
      'dressed',
      {},
      { theme: { background: '#102030', color: '#fefefe', radius: 3, dark: { background: '#405060' } } },
    ),
  ],
  {
    moments: { hesitation: { dwellMs: 300, targets: ['#buy'] } },
    theme: { background: '#eeeeee', radius: 20 },
  },
)
const body = `<h1>Lab</h1><p id="words">Words about a kettle.</p>
  <div data-splitsecond-slot="roomy" style="min-height:220px;padding:10px;max-width:420px"></div>
  <div data-splitsecond-slot="tight"></div>
  <p id="after">What comes after it.</p>
  <p><strong id="price">49.00</strong> <button id="buy" type="button">Buy</button></p>
  <label>Name <input id="name"></label>
  <div id="stage">Full</div>
  <dialog id="dialog"><p>Choose a size</p><button id="close" onclick="dialog.close()">Done</button></dialog>
  <div style="height:2000px"></div>`

/** What the page has moved by, by its own account, without anybody's doing. */
const shifts = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver(() => {})
        observer.observe({ type: 'layout-shift', buffered: true })
        // Two frames: the shift of the last one is told after it.
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            resolve(
              observer
                .takeRecords()
                .reduce((sum, entry) => sum + (entry as unknown as { value: number }).value, 0),
            ),
          ),
        )
      }),
  )
const boxes = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('body > *')].map((it) => {
      const { x, y, width, height } = it.getBoundingClientRect()
      return [it.id, x, y, width, height]
    }),
  )

test.beforeEach(async ({ page }) => {
  // Boxes are compared: at rest, not on their way.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.route(picture, (route) => route.fulfill({ contentType: 'image/svg+xml', body: square }))
  await openLab(page, { rules, body, head: '<meta name="color-scheme" content="light dark">' })
  await armed(page)
})

test.describe('a slide-in', () => {
  test('comes from the edge with its picture, is told in the live region, takes no focus, moves nothing', async ({
    page,
    collector,
  }) => {
    await page.locator('#name').focus()
    await call(page, 'moment', 'slid')
    const nudge = nudgeOf(page, 'on-slid')
    await expectSeen(nudge)
    await expect(page.locator('[data-splitsecond-stage]').getByRole('status')).toContainText('May we help?')
    await expect(page.locator('#name')).toBeFocused()
    await expectDrawn(nudge.getByRole('img', { name: 'A kettle' }))
    const { x, y, width, height } = (await nudge.boundingBox())!
    const view = page.viewportSize()!
    expect(y + height).toBeGreaterThan(view.height - 20)
    if (view.width > 600) expect(x + width).toBeGreaterThan(view.width - 20)
    else expect([x, width, y + height]).toEqual([0, view.width, view.height])
    const shown = await collector.waitForShown('on-slid')
    expectWholeSplits(shown)
    expect(shown.channel.surface).toBe('slide-in')
    expect(await shifts(page)).toBe(0)
  })

  test('a picture that cannot be had moves nothing: where it would be stays a calm tint, by its name', async ({
    page,
    consoleLines,
  }) => {
    let fail = () => {}
    const failed = new Promise<void>((resolve) => (fail = resolve))
    await page.route('/art/none.svg', (route) => failed.then(() => route.abort()))
    await call(page, 'moment', 'broken')
    const nudge = nudgeOf(page, 'on-broken')
    await expectSeen(nudge)
    const boxes = () =>
      nudge.evaluate((it) =>
        [...it.children].map((child) => {
          const { x, y, width, height } = child.getBoundingClientRect()
          return [child.className, x, y, width, height]
        }),
      )
    const before = await boxes()
    expect(before[0]).toEqual(['image', expect.any(Number), expect.any(Number), 96, 72])
    fail()
    await expect(nudge.locator('img')).toHaveCount(0)
    expect(await boxes()).toEqual(before)
    const box = nudge.getByRole('img', { name: 'A kettle' })
    await expect(box).not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)')
    expect(await shifts(page)).toBe(0)
    consoleLines.splice(0)
  })
})

test.describe('an inline nudge', () => {
  test(
    'fits into a slot that has room: nothing moves, as it comes and as it goes',
    { tag: '@firefox' },
    async ({ page, collector }) => {
      const before = await boxes(page)
      await call(page, 'moment', 'roomy')
      const nudge = nudgeOf(page, 'on-roomy')
      await expectSeen(nudge)
      expect(await boxes(page)).toEqual(before)
      const slot = (await page.locator('[data-splitsecond-slot=roomy]').boundingBox())!
      const own = (await nudge.boundingBox())!
      expect(own.x).toBe(slot.x + 10)
      expect(own.y).toBeCloseTo(slot.y + 10, 0)
      expect(own.width).toBe(slot.width - 20)
      expect((await collector.waitForShown('on-roomy')).channel.surface).toBe('inline')
      await nudge.getByRole('button', { name: 'Thanks' }).click()
      await expect(anyNudge(page)).toHaveCount(0)
      expect(await boxes(page)).toEqual(before)
      expect(await shifts(page)).toBe(0)
      await expect(page.locator('[data-splitsecond-slot] *')).toHaveCount(0)
    },
  )

  for (const name of ['tight', 'beside'])
    test(`where there is no room (${name}) it lies over what follows and scrolls with it`, async ({
      page,
    }) => {
      const before = await boxes(page)
      await call(page, 'moment', name)
      const nudge = nudgeOf(page, `on-${name}`)
      await expectSeen(nudge)
      expect(await boxes(page).then((all) => all.filter(([id]) => id))).toEqual(before.filter(([id]) => id))
      expect(await shifts(page)).toBe(0)
      const { y } = (await nudge.boundingBox())!
      await page.evaluate(() => scrollBy({ top: 40, behavior: 'instant' }))
      expect((await nudge.boundingBox())!.y).toBe(y - 40)
    })

  for (const name of ['nowhere', 'senseless', 'unanchored'])
    test(`where the page has no place for it (${name}) it is held, and the page goes on`, async ({
      page,
      collector,
    }) => {
      await call(page, 'moment', name)
      await flush(page)
      const [held] = await collector.waitFor('decision')
      expect(held!.decision).toMatchObject({ verdict: 'hold', reason: 'no-place', rule: `on-${name}` })
      await call(page, 'moment', 'over')
      await expectSeen(nudgeOf(page, 'on-over'))
    })

  test('goes with its slot when the page throws that out', async ({ page, collector }) => {
    await call(page, 'moment', 'roomy')
    await collector.waitForShown('on-roomy')
    await page.evaluate(() => document.querySelector('[data-splitsecond-slot=roomy]')!.remove())
    await expect
      .poll(() =>
        flush(page)
          .then(() => collector.events('nudge'))
          .then((all) => all.at(-1)!.phase),
      )
      .toBe('expired')
    await call(page, 'moment', 'over')
    await expectSeen(nudgeOf(page, 'on-over'))
  })

  test('is what a toast becomes while the shopper types', async ({ page, collector }) => {
    await page.locator('#name').pressSequentially('Ro')
    await call(page, 'moment', 'lowered')
    await expectSeen(nudgeOf(page, 'on-lowered'))
    expect((await collector.waitForShown('on-lowered')).channel.surface).toBe('inline')
    await expect(page.locator('#name')).toBeFocused()
  })
})

/** How far the tip's middle and nearer edge are from its anchor. */
const pointing = (page: Page, rule: string, anchor: string) =>
  page.evaluate(
    ([rule, anchor]) => {
      const root = document.querySelector('html > [data-splitsecond-stage]')!.shadowRoot!
      const tip = root.querySelector(`[data-rule=${rule}]`)!.getBoundingClientRect()
      const arrow = root.querySelector(`[data-rule=${rule}] .arrow`)!.getBoundingClientRect()
      const box = document.querySelector(anchor)!.getBoundingClientRect()
      return {
        aside: Math.abs((arrow.left + arrow.right) / 2 - (box.left + box.right) / 2),
        below: Math.round(tip.top - box.bottom),
        above: Math.round(box.top - tip.bottom),
        left: tip.left,
      }
    },
    [rule, anchor] as const,
  )

test.describe('a tip', () => {
  test(
    'points at its anchor, follows it, turns over at the edge, and is over when it is out of sight',
    { tag: '@firefox' },
    async ({ page, collector }) => {
      await call(page, 'moment', 'pointed')
      await expectSeen(nudgeOf(page, 'on-pointed'))
      const placed = await pointing(page, 'on-pointed', '#price')
      expect(Math.abs(Math.max(placed.below, placed.above) - 10)).toBeLessThan(2)
      expect(placed.left).toBeGreaterThanOrEqual(8)
      await collector.waitForShown('on-pointed')
      await page.evaluate(() => scrollBy({ top: 120, behavior: 'instant' }))
      await expect
        .poll(() => pointing(page, 'on-pointed', '#price').then((it) => Math.max(it.below, it.above)))
        .toBeCloseTo(10, -0.5)
      const { height } = page.viewportSize()!
      await page.evaluate((most) => {
        const price = document.querySelector<HTMLElement>('#price')!
        Object.assign(price.style, { position: 'fixed', bottom: '0', left: `${most / 3}px` })
        dispatchEvent(new Event('scroll'))
      }, height)
      await page.setViewportSize({ width: page.viewportSize()!.width, height: height - 10 })
      await expect
        .poll(() => pointing(page, 'on-pointed', '#price').then((it) => Math.abs(it.above - 10)))
        .toBeLessThan(2)
      await page.evaluate(() => document.querySelector('#price')!.remove())
      await expect(anyNudge(page)).toHaveCount(0)
      await flush(page)
      const ends = await collector.waitFor('nudge', ({ phase }) => phase === 'expired')
      expect(ends).toHaveLength(1)
    },
  )

  test(
    'of a hesitation stands beside what the shopper hesitates on, and no event tells what that is',
    { tag: '@mouse' },
    async ({ page, collector }) => {
      await page.mouse.move(5, 5)
      const { x, y } = (await page.locator('#buy').boundingBox())!
      await page.mouse.move(x + 10, y + 10, { steps: 10 })
      await expectSeen(nudgeOf(page, 'on-hesitation'))
      const { aside, below, above } = await pointing(page, 'on-hesitation', '#buy')
      expect(Math.abs(Math.max(below, above) - 10)).toBeLessThan(2)
      expect(aside).toBeLessThan(20)
      await collector.waitForShown('on-hesitation')
      expect(JSON.stringify(await collector.all())).not.toMatch(/"target"|#buy/)
    },
  )
})

test('inside the page’s own dialog: the nudge can be used there, and goes with it', async ({
  page,
  collector,
}) => {
  await page.evaluate(() => (document.getElementById('dialog') as HTMLDialogElement).showModal())
  await call(page, 'moment', 'inside')
  const nudge = nudgeOf(page, 'on-inside')
  await expectSeen(nudge)
  await expect(page.locator('#dialog [data-splitsecond-stage]')).toHaveCount(1)
  await collector.waitForShown('on-inside')
  await nudge.getByRole('button', { name: 'Thanks' }).click()
  await expect(anyNudge(page)).toHaveCount(0)
  await expect(page.locator('#dialog [data-splitsecond-stage]')).toHaveCount(0)

  await call(page, 'moment', 'inside')
  await expectSeen(nudge)
  await page.locator('#close').press('Enter')
  await expect(anyNudge(page)).toHaveCount(0)
  await flush(page)
  await collector.waitFor('nudge', ({ phase }) => phase === 'expired')
})

test(
  'a nudge for inside a dialog waits until the shopper has typed there, and not until he has closed it',
  { tag: '@once' },
  async ({ page, collector }) => {
    await page.evaluate(() => {
      const dialog = document.getElementById('dialog') as HTMLDialogElement
      dialog.append(document.createElement('input'))
      dialog.showModal()
    })
    await page.locator('#dialog input').pressSequentially('36')
    await call(page, 'moment', 'inside')
    await expect(anyNudge(page)).toHaveCount(0)
    await expectSeen(nudgeOf(page, 'on-inside'))
    await expect(page.locator('#dialog')).toHaveAttribute('open')
    await flush(page)
    const [decision] = await collector.waitFor('decision')
    expect(decision!.decision.deferredMs).toBeGreaterThan(0)
  },
)

test(
  'in fullscreen a nudge is above what fills the screen, whichever came first',
  { tag: '@once' },
  async ({ page }) => {
    await call(page, 'moment', 'over')
    await expectSeen(nudgeOf(page, 'on-over'))
    await page.locator('#stage').evaluate((it) => {
      it.style.background = '#000'
      it.onclick = () => void it.requestFullscreen()
    })
    await page.locator('#stage').click()
    await expect.poll(() => page.evaluate(() => document.fullscreenElement?.id)).toBe('stage')
    await expectSeen(nudgeOf(page, 'on-over'))
  },
)

test('dressed by its rule over its ruleset, in both schemes', async ({ page }) => {
  await call(page, 'moment', 'dressed')
  const nudge = nudgeOf(page, 'on-dressed')
  await expectSeen(nudge)
  await expect(nudge).toHaveCSS('background-color', 'rgb(16, 32, 48)')
  await expect(nudge).toHaveCSS('color', 'rgb(254, 254, 254)')
  await expect(nudge).toHaveCSS('border-top-left-radius', '3px')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(nudge).toHaveCSS('background-color', 'rgb(64, 80, 96)')
  await nudge.getByRole('button', { name: 'Close' }).click()
  await call(page, 'moment', 'over')
  await expect(nudgeOf(page, 'on-over')).toHaveCSS('background-color', 'rgb(238, 238, 238)')
  await expect(nudgeOf(page, 'on-over')).toHaveCSS('border-top-left-radius', '20px')
})
