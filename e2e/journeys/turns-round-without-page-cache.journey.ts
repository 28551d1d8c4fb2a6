import { expect, test } from '../kit/fixtures'
import { fromPageCache, watchRestores } from '../kit/page-cache'
import { expectQuickReturn, watching } from '../kit/turning-round'

test(
  'a glance at a page and back, to a page that loads anew, is a quick return',
  { tag: '@once' },
  async ({ page, shopper, collector }) => {
    await watchRestores(page)
    await expectQuickReturn(page, shopper, collector)
    expect(await fromPageCache(page)).toMatch(/^loaded anew/)
  },
)

test(
  'so it is where the shopper’s yes comes after the script, on every page anew',
  { tag: '@once' },
  async ({ page, shopper, collector }) => {
    await page.addInitScript(() => Object.assign(window, { splitsecond: { q: [['consent', 'granted']] } }))
    // Kept from the first page on, the ruleset is the one that watches.
    await watching(page, 'quick-back', 'tab-return')
    await page.goto('/?consent=pending')
    await watchRestores(page)
    await expectQuickReturn(page, shopper, collector)
    expect(await fromPageCache(page)).toMatch(/^loaded anew/)
  },
)
