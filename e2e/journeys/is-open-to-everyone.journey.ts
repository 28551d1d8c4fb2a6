import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { takeOut } from '../kit/console-lines'
import { anyNudge, armed, call, expect, expectSeen, nudgeOf, started, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

/** One line for each fault, so that a failure reads as a list of what to mend. */
async function faults(page: Page, only?: string) {
  const axe = new AxeBuilder({ page: page })
  const { violations } = await (only ? axe.withRules(only) : axe).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  )
}

/** Colours are the same on every device, and the dark ones are all that is looked at in the dark. */
const ofScheme = (scheme: 'light' | 'dark') => (scheme === 'dark' ? '@once' : [])

const surfaces = ['toast', 'bar', 'modal'] as const
const rules = ruleset(surfaces.map((surface) => ruleOn(surface, {}, { surface })))

test.describe('every page passes axe', () => {
  const paths = [
    '/',
    '/list/all',
    '/product/heron-kettle',
    '/pricing',
    '/cart',
    '/checkout/contact',
    '/support',
    '/order-complete',
    '/nowhere',
    '/app/',
    '/hash/',
  ]
  for (const scheme of ['light', 'dark'] as const)
    test(`empty-handed, ${scheme}`, { tag: ofScheme(scheme) }, async ({ page, consoleLines }) => {
      test.slow()
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      for (const path of paths) {
        await page.goto(path)
        await started(page)
        // Another scheme is other colours, and nothing else.
        expect.soft(await faults(page, scheme === 'dark' ? 'color-contrast' : undefined), path).toEqual([])
      }
      // The page that is not there says so on the console too.
      takeOut(consoleLines, /status of 404/)
    })

  test('with a basket, on the way through checkout', async ({ page, shopper }) => {
    test.slow()
    await shopper.fillsBasket('')
    expect.soft(await faults(page), 'basket').toEqual([])
    await shopper.goesToCheckout('')
    await page.locator('#to-delivery').click()
    await expect(page.locator('[aria-invalid=true]').first()).toBeVisible()
    expect.soft(await faults(page), 'address with complaints').toEqual([])
    await shopper.givesAddress('')
    expect.soft(await faults(page), 'delivery').toEqual([])
    await shopper.choosesDelivery('')
    expect.soft(await faults(page), 'payment').toEqual([])
    await shopper.pays('')
    expect.soft(await faults(page), 'thanks').toEqual([])
  })
})

test.describe('every nudge passes axe', () => {
  for (const surface of surfaces)
    for (const scheme of ['light', 'dark'] as const)
      test(`${surface}, ${scheme}`, { tag: ofScheme(scheme) }, async ({ page }) => {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
        await page.route('/rules.json', (route) => route.fulfill({ json: rules }))
        await page.goto('/support')
        await armed(page)
        await call(page, 'moment', surface)
        const nudge = nudgeOf(page, `on-${surface}`)
        await expectSeen(nudge)
        expect(await faults(page, scheme === 'dark' ? 'color-contrast' : undefined)).toEqual([])
        for (const control of await nudge.getByRole('button').all()) {
          const { width, height } = (await control.boundingBox())!
          expect(Math.min(width, height), 'a finger’s size, px').toBeGreaterThanOrEqual(24)
        }
      })
})

test.describe('for those who cannot see it', () => {
  test('the live region is there, empty, before anything is in it', async ({ page }) => {
    await openLab(page, { rules })
    await started(page)
    const region = page.locator('[data-splitsecond-stage]').getByRole('status')
    await expect(region).toHaveCount(1)
    await expect(region).toBeEmpty()
    await armed(page)
    await expect(region).toBeEmpty()

    await call(page, 'moment', 'toast')
    await expect(region).toContainText('A word about this very thing.')
    await expect(region.getByText('May we help?')).toBeVisible()
    await page.locator('[data-surface=toast]').getByRole('button', { name: 'Close' }).click()
    await expect(region).toHaveCount(1)
    await expect(region).toBeEmpty()
  })

  for (const surface of ['toast', 'bar'] as const)
    test(`a ${surface} leaves the focus where it is`, async ({ page, shopper }) => {
      await openLab(page, { rules, body: '<label>Name <input id="name"></label>' })
      await armed(page)
      const name = page.locator('#name')
      await shopper.press(name)
      await shopper.type(name, 'Ro')
      await call(page, 'moment', surface)
      await expectSeen(nudgeOf(page, `on-${surface}`))
      await expect(name).toBeFocused()
      await page.keyboard.type('os')
      await expect(name).toHaveValue('Roos')
    })

  test('a modal says its name, takes the focus and gives it back', async ({ page }) => {
    await openLab(page, { rules, body: '<button id="help">Help</button> <a href="#x">Elsewhere</a>' })
    await armed(page)
    await page.locator('#help').focus()
    await call(page, 'moment', 'modal')
    const dialog = page.getByRole('dialog', { name: 'May we help?' })
    await expectSeen(dialog)
    await expect(dialog).toHaveAccessibleDescription('A word about this very thing.')
    await expect(page.locator('#help')).not.toBeFocused()
    await dialog.getByRole('button', { name: 'Thanks' }).focus()
    await page.keyboard.press('Enter')
    await expect(anyNudge(page)).toHaveCount(0)
    await expect(page.locator('#help')).toBeFocused()
  })

  test('a keystroke that was meant for the page does not use up a modal', async ({ page }) => {
    await openLab(page, { rules, body: '<button id="help">Help</button>' })
    await armed(page)
    await page.locator('#help').focus()
    await call(page, 'moment', 'modal')
    const dialog = page.getByRole('dialog', { name: 'May we help?' })
    await expectSeen(dialog)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Space')
    await expect(dialog).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(anyNudge(page)).toHaveCount(0)
  })
})

test.describe('for those whom motion makes ill', () => {
  for (const motion of ['reduce', 'no-preference'] as const)
    test(`prefers-reduced-motion: ${motion}`, async ({ page }) => {
      await page.emulateMedia({ reducedMotion: motion })
      await openLab(page, { rules })
      await armed(page)
      for (const surface of surfaces) {
        const nudge = nudgeOf(page, `on-${surface}`)
        await call(page, 'moment', surface)
        await expect(nudge).toBeVisible()
        const moving = await nudge.evaluate((element) =>
          element
            .getAnimations({ subtree: true })
            .map((animation) =>
              (animation.effect as KeyframeEffect)
                .getKeyframes()
                .map(({ opacity, visibility }) => [opacity, visibility]),
            ),
        )
        if (motion === 'reduce') expect(moving).toEqual([])
        // Motion may move a nudge, never hide it.
        for (const frames of moving) for (const frame of frames) expect(frame).toEqual([undefined, undefined])
        await expect(nudge).toHaveCSS('opacity', '1')
        await nudge.getByRole('button', { name: 'Close' }).click()
        await expect(nudge).toHaveCount(0)
      }
    })
})
