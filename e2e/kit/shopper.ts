import { expect, type Locator, type Page } from '@playwright/test'
import { passes } from './page-time'

/** Where the shop is: page by page, client-side routes, or behind a hash. */
export type Place = '' | '/app' | '/hash/#'

const address = {
  'E-mail': 'roos@kettle.example',
  Name: 'Roos Peeters',
  'Street and number': 'Sint-Pietersplein 4',
  Postcode: '9000',
  'Town or city': 'Gent',
} as const

/**
 * No robot: the mouse goes its way in steps, keys have a rhythm, a phone is tapped.
 * @param typed hears all that is typed
 */
export function createShopper(page: Page, touch: boolean, typed: (text: string) => void = () => {}) {
  const middle = async (target: Locator) => {
    await target.scrollIntoViewIfNeeded()
    const { x, y, width, height } = (await target.boundingBox())!
    return { x: x + width / 2, y: y + height / 2, width, height }
  }
  const traverse = (by: number) =>
    // `page.goBack()` waits for a load that a page from the back/forward cache never has.
    page.evaluate((delta) => void setTimeout(() => history.go(delta), 0), by)

  const shopper = {
    touch,

    async press(target: Locator) {
      if (touch) return target.tap()
      const { x, y } = await middle(target)
      await page.mouse.move(x, y, { steps: 6 })
      return target.click()
    },

    /** Fast, in one place, as an angry hand does. */
    async hammers(target: Locator, times = 4) {
      const { x, y } = await middle(target)
      if (!touch) await page.mouse.move(x, y, { steps: 3 })
      for (let time = 0; time < times; time++) {
        if (touch) await page.touchscreen.tap(x, y)
        else {
          await page.mouse.down()
          await page.mouse.up()
        }
        await passes(page, 110)
      }
    },

    /** The mouse comes from outside and stays in the middle. */
    async hover(target: Locator) {
      const { x, y, width, height } = await middle(target)
      await page.mouse.move(x - width / 2 - 30, y - height / 2 - 20)
      await page.mouse.move(x, y, { steps: 8 })
    },

    /** The mouse only passes over it. */
    async cross(target: Locator) {
      const { x, y, width } = await middle(target)
      await page.mouse.move(x - width / 2 - 20, y)
      await page.mouse.move(x + width / 2 + 20, y, { steps: 5 })
    },

    /** The mouse goes to the target and moves about over it for so long, never at rest. */
    async linger(target: Locator, ms: number) {
      const { x, y, width } = await middle(target)
      const reach = Math.min(width / 3, 40)
      await page.mouse.move(x, y, { steps: 4 })
      for (const until = Date.now() + ms; Date.now() < until;) {
        await page.mouse.move(x - reach, y, { steps: 4 })
        await page.mouse.move(x + reach, y, { steps: 4 })
      }
    },

    /** A finger drags the page by `px`, in several strokes; it stands still before it lifts, so nothing flies on. */
    async drags(px: number) {
      const devtools = await page.context().newCDPSession(page)
      const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
        devtools.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: y === undefined ? [] : [{ x: 300, y }],
        })
      const strokes = Math.ceil(Math.abs(px) / 400)
      for (let stroke = 0; stroke < strokes; stroke++) {
        const from = px < 0 ? 620 : 200
        await finger('touchStart', from)
        for (let step = 1; step <= 10; step++) await finger('touchMove', from + (px / strokes / 10) * step)
        for (let still = 0; still < 6; still++) await finger('touchMove', from + px / strokes + (still % 2))
        await finger('touchEnd')
      }
      await devtools.detach()
    },

    /** Up and out of the window, as to the tabs. */
    async leaveByTheTop() {
      await page.mouse.move(600, 300, { steps: 4 })
      await page.mouse.move(640, 4, { steps: 5 })
      await page.mouse.move(645, -40)
    },

    async at(path: string) {
      await expect
        .poll(() => page.evaluate(() => location.pathname + location.hash).catch(() => 'on its way'))
        .toBe(path)
    },

    back: () => traverse(-1),
    forward: () => traverse(1),

    type: (field: Locator, text: string) => {
      typed(text)
      return field.pressSequentially(text, { delay: 35 })
    },

    /** Letter by letter, with the key that is there for it. */
    async erases(field: Locator) {
      for (let left = (await field.inputValue()).length; left > 0; left--)
        await page.keyboard.press('Backspace')
    },

    /** From a product's page to the basket, all by hand. */
    async fillsBasket(place: Place, product = 'heron-kettle') {
      await page.goto(`${place}/product/${product}`)
      await shopper.press(page.locator('#add-to-cart'))
      await expect(page.locator('.basket-count')).toHaveText('1')
      await shopper.press(page.locator('#basket-link'))
      await shopper.at(`${place}/cart`)
    },

    async goesToCheckout(place: Place) {
      await shopper.press(page.locator('#to-checkout'))
      await shopper.at(`${place}/checkout/contact`)
      await expect(page.locator('#to-delivery')).toBeEnabled()
    },

    async givesAddress(place: Place) {
      for (const [label, text] of Object.entries(address)) {
        const field = page.getByLabel(label, { exact: true })
        await shopper.press(field)
        await shopper.type(field, text)
      }
      await shopper.press(page.locator('#to-delivery'))
      await shopper.at(`${place}/checkout/delivery`)
      await expect(page.locator('#to-review')).toBeEnabled()
    },

    async choosesDelivery(place: Place) {
      await shopper.press(page.getByText('Express').first())
      await shopper.press(page.locator('#to-review'))
      await shopper.at(`${place}/checkout/review`)
    },

    async pays(place: Place) {
      const card = {
        'cc-name': 'R Peeters',
        'cc-number': '4242424242424242',
        'cc-exp': '08/39',
        'cc-csc': '123',
      }
      for (const [name, text] of Object.entries(card)) {
        const field = page.locator(`[name="${name}"]`)
        await shopper.press(field)
        await shopper.type(field, text)
      }
      await shopper.press(page.locator('#place-order'))
      await shopper.at(`${place}/order-complete`)
      await expect(page.locator('#order-number')).toBeVisible()
    },
  }
  return shopper
}

export type Shopper = ReturnType<typeof createShopper>
