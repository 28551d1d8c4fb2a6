import type { Page } from '@playwright/test'
import { anyNudge, armed, call, expect, expectSeen, flush, nudgeOf, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

/** Somebody who has no mouse, or cannot use one. */
const actions = [
  { label: { en: 'How returns work' }, do: 'link', href: '#returns' },
  { label: { en: 'Not now' }, do: 'dismiss' },
]
const inCorner = ['toast', 'bar', 'slide-in'] as const
const rules = ruleset([
  ...[...inCorner, 'modal'].map((surface) => ruleOn(surface, {}, { surface, actions })),
  ruleOn('inline', {}, { surface: 'inline', actions, place: { slot: 'between' } }),
  ruleOn('tip', {}, { surface: 'tip', actions, anchor: '#price' }),
])
const body = `<h1>Lab</h1><p><a id="first" href="#first">First</a></p>
  <div data-splitsecond-slot="between" style="min-height:240px;max-width:400px"></div>
  <p><b id="price">49.00</b> <label>Name <input id="name"></label> <button id="last" type="button">Last</button></p>`
const controls = ['How returns work', 'Not now', 'Close']

test.describe('by keyboard', { tag: '@once' }, () => {
  test.beforeEach(async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await openLab(page, { rules, body, head: '<meta name="color-scheme" content="light dark">' })
    await armed(page)
  })

  test('a modal has the focus, and through all its controls keeps it from the page; Escape gives it back', async ({
    page,
  }) => {
    await page.locator('#name').focus()
    await shows(page, 'modal')
    // Itself: neither its title nor a button that the next keystroke would press.
    expect(await focused(page)).toBe('dialog')
    expect(await focusedBy(page, 'Tab', 3)).toEqual(controls)
    const further = [...(await focusedBy(page, 'Tab', 5)), ...(await focusedBy(page, 'Shift+Tab', 9))]
    // After the last comes what the browser has beside the page, then the first.
    expect(new Set(further)).toEqual(new Set(['', ...controls]))
    await page.keyboard.press('Escape')
    await expect(anyNudge(page)).toHaveCount(0)
    await expect(page.locator('#name')).toBeFocused()
  })

  test('where the modal has the focus from may be gone: then nothing has it, and nothing fails', async ({
    page,
  }) => {
    await page.locator('#name').focus()
    await shows(page, 'modal')
    await page.evaluate(() => document.getElementById('name')!.remove())
    await page.keyboard.press('Escape')
    await expect(anyNudge(page)).toHaveCount(0)
    await expect(page.locator('body')).toBeFocused()
  })

  for (const surface of inCorner)
    test(`a ${surface} is reached after the page, its keys press, and the focus is where it was`, async ({
      page,
      collector,
    }) => {
      await page.locator('#last').focus()
      await shows(page, surface)
      expect(await focused(page)).toBe('last')
      expect(await focusedBy(page, 'Tab', 3)).toEqual(controls)
      expect(await focusedBy(page, 'Shift+Tab', 3)).toEqual(['Not now', 'How returns work', 'last'])
      expect(await focusedBy(page, 'Tab', 2)).toEqual(['How returns work', 'Not now'])
      await page.keyboard.press('Space')
      await expect(anyNudge(page)).toHaveCount(0)
      await expect(page.locator('#last')).toBeFocused()

      await shows(page, surface)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(/#returns$/)
      await expect(anyNudge(page)).toHaveCount(0)
      await flush(page)
      const ends = await collector.waitFor('nudge', ({ phase }) => /^(clicked|dismissed)$/.test(phase), 2)
      expect(ends).toMatchObject([
        { phase: 'dismissed', action: 1 },
        { phase: 'clicked', action: 0 },
      ])
    })

  test('an inline nudge is reached where it stands', async ({ page }) => {
    await page.locator('#first').focus()
    await shows(page, 'inline')
    expect(await focusedBy(page, 'Tab', 4)).toEqual([...controls, 'name'])
    expect(await focusedBy(page, 'Shift+Tab', 4)).toEqual(['Close', 'Not now', 'How returns work', 'first'])
  })

  test('Escape closes a tip, and the focus stays where it is', async ({ page, collector }) => {
    await page.locator('#name').focus()
    await shows(page, 'tip')
    await page.keyboard.press('Escape')
    await expect(anyNudge(page)).toHaveCount(0)
    await expect(page.locator('#name')).toBeFocused()
    await flush(page)
    await collector.waitFor('nudge', ({ phase }) => phase === 'dismissed')
    // Of what is not there any more no key is heard.
    await page.keyboard.press('Escape')
    await shows(page, 'toast')
    await page.keyboard.press('Escape')
    await expectSeen(nudgeOf(page, 'on-toast'))
  })

  for (const colorScheme of ['light', 'dark'] as const)
    test(`what has the focus has a ring around it that can be seen, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await page.locator('#last').focus()
      for (const surface of ['toast', 'modal']) {
        await shows(page, surface)
        for (const control of controls) {
          expect(await focusedBy(page, 'Tab', 1)).toEqual([control])
          const { style, width, contrast } = await ring(page, surface)
          expect([style, parseFloat(width)]).toEqual(['solid', 2])
          // WCAG 2.4.13 and 1.4.11.
          expect(contrast, `${surface}: ${control}`).toBeGreaterThanOrEqual(3)
        }
        await page.keyboard.press('Enter')
        await expect(anyNudge(page)).toHaveCount(0)
      }
    })
})

/** What has the focus, by its name or its id, through shadow roots; empty: nothing in the page. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let element = document.activeElement
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    if (!element || element === document.body) return ''
    return element.localName === 'dialog'
      ? 'dialog'
      : element.ariaLabel || element.id || element.textContent?.trim()
  })
/** What gets the focus by that key, press for press. */
async function focusedBy(page: Page, key: 'Tab' | 'Shift+Tab', presses: number) {
  const all: unknown[] = []
  for (let press = 0; press < presses; press++) {
    await page.keyboard.press(key)
    all.push(await focused(page))
  }
  return all
}
const shows = async (page: Page, surface: string) => {
  await call(page, 'moment', surface)
  await expectSeen(nudgeOf(page, `on-${surface}`))
}
/** The outline of what has the focus, and its contrast with the nudge around it. */
const ring = (page: Page, surface: string) =>
  nudgeOf(page, `on-${surface}`).evaluate((nudge) => {
    const control = (nudge.getRootNode() as ShadowRoot).activeElement!
    const { outlineStyle: style, outlineWidth: width, outlineColor } = getComputedStyle(control)
    const luminance = (colour: string) => {
      const [r, g, b] = colour
        .match(/[\d.]+/g)!
        .map((it) => Number(it) / 255)
        .map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
    }
    const both = [outlineColor, getComputedStyle(nudge).backgroundColor].map(luminance)
    return { style, width, contrast: (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05) }
  })
