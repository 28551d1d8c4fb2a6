import type { Page } from '@playwright/test'
import { armed, call, expectSeen, nudgeOf, passes, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'
import type { Shopper } from '../kit/shopper'

const moment = 'form-abandonment'
const rules = ruleset([ruleOn(moment), ruleOn('still-there')])

/** Writes a name into the quote and goes to another page of the shop. */
async function beginsAndGoes(page: Page, shopper: Shopper, body: string) {
  await openLab(page, { rules, body })
  await armed(page)
  const name = page.getByLabel('Name')
  await shopper.press(name)
  await shopper.type(name, 'Roos')
  await page.evaluate(() => history.pushState(null, '', '/lab/elsewhere'))
}

test.describe('a shopper begins to fill in a form and goes', () => {
  test('whose fields stand elsewhere in the page', async ({ page, shopper }) => {
    const fields = `<label>Name <input form="quote"></label> <label>Town <input form="quote"></label>`
    await beginsAndGoes(page, shopper, `<form id="quote"></form><main>${fields}</main>`)
    await expectSeen(nudgeOf(page, `on-${moment}`))
  })

  test('that the page wants this moment kept off', async ({ page, shopper }) => {
    const fields = '<label>Name <input></label> <label>Town <input></label>'
    await beginsAndGoes(page, shopper, `<form data-splitsecond-ignore="${moment}">${fields}</form>`)
    // By then it would have been told.
    await passes(page, 600)
    await call(page, 'moment', 'still-there')
    await expectSeen(nudgeOf(page, 'on-still-there'))
  })
})
