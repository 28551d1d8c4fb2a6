import type { Page } from '@playwright/test'
import {
  anyNudge,
  armed,
  call,
  expect,
  expectSeen,
  expectWholeSplits,
  flush,
  nudgeOf,
  passes,
  test,
  type Collector,
} from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

/** A shopper who is busy: with a text, an input method, a card, a dialog of the page, or a flow that is critical. */
const validForMs = 20_000
const rules = ruleset([
  ruleOn('doubt', { validForMs }),
  ruleOn('brief', { validForMs: 600 }),
  ruleOn('dropped', { validForMs, whenBusy: 'drop' }),
  ruleOn('lowered', { validForMs, whenBusy: 'downgrade' }, { surface: 'modal' }),
  ruleOn('lowest', { validForMs: 600, whenBusy: 'downgrade' }),
])
const body = `<label>Question <textarea id="text"></textarea></label>
  <label>Card <input id="card" autocomplete="section-a billing cc-number"></label>
  <p id="rich" contenteditable>Words</p>
  <button id="else" type="button">Elsewhere</button>
  <iframe id="frame" title="Payment" allow="payment" srcdoc="<input id='number'>"></iframe>
  <dialog id="dialog"><button id="close" onclick="dialog.close()">Close</button></dialog>`

/** Types one key after another until `stop` is called: he has no pause. */
function keepsTyping(page: Page, field: string) {
  const state = { going: true }
  const typing = (async () => {
    await page.locator(field).focus()
    while (state.going) await page.keyboard.press('a', { delay: 40 })
  })()
  return async () => {
    state.going = false
    await typing
  }
}

const decisionOn = async (collector: Collector, page: Page, rule: string) => {
  await flush(page)
  const [found] = await collector.waitFor('decision', ({ decision }) => decision.rule === `on-${rule}`)
  return found!.decision
}
/** What `explain` observed of the calm when it was decided. */
const calmOf = (page: Page, rule: string) =>
  page.evaluate(
    (name) =>
      (window as unknown as { splitsecond: import('../../sdk/src/handle').Handle }).splitsecond
        .explain(name)[0]
        ?.decision.trace.find(({ clause, rule }) => clause === 'calm' && rule === name)?.observed,
    `on-${rule}`,
  )

test.beforeEach(async ({ page }) => {
  await openLab(page, {
    rules,
    body,
    tag: { 'data-ruleset': '/lab/rules.json', 'data-collector': '/v1/events', 'data-vitals': 'false' },
  })
  await armed(page)
})

test.describe('who types', () => {
  for (const field of ['#text', '#rich'])
    test(`into ${field} is left in peace until he pauses; then the nudge comes`, async ({
      page,
      collector,
    }) => {
      const stopsTyping = keepsTyping(page, field)
      await expect
        .poll(() => page.locator(field).evaluate((it) => (it as HTMLTextAreaElement).value ?? it.textContent))
        .toContain('aa')
      await call(page, 'moment', 'doubt')
      await passes(page, 500)
      await expect(anyNudge(page)).toHaveCount(0)
      await stopsTyping()

      await expectSeen(nudgeOf(page, 'on-doubt'))
      const shown = await collector.waitForShown('on-doubt')
      expectWholeSplits(shown)
      expect(shown.splits.deferred).toBeGreaterThan(500)
      expect(shown.splits.total).toBeLessThan(shown.splits.deferred!)
      expect(shown.fit).toBe('in-moment')
      expect(await decisionOn(collector, page, 'doubt')).toMatchObject({ verdict: 'show', reason: 'shown' })
      expect(await collector.events('decision')).toHaveLength(1)
      expect(await collector.waitFor('moment')).toHaveLength(1)
    })

  test('longer than the moment lasts gets none, and the collector hears why', async ({ page, collector }) => {
    const stopsTyping = keepsTyping(page, '#text')
    await expect(page.locator('#text')).toHaveValue(/aa/)
    await call(page, 'moment', 'brief')
    await call(page, 'moment', 'lowest')
    const held = { verdict: 'hold', reason: 'busy', deferredMs: expect.any(Number) as unknown }
    expect(await decisionOn(collector, page, 'brief')).toMatchObject(held)
    expect(await decisionOn(collector, page, 'lowest')).toMatchObject(held)
    expect(await calmOf(page, 'brief')).toBe('typing')
    await stopsTyping()
    expect(await collector.events('nudge')).toEqual([])
  })

  test('does not get a modal, but the toast that it becomes', async ({ page, collector }) => {
    const stopsTyping = keepsTyping(page, '#text')
    await expect(page.locator('#text')).toHaveValue(/aa/)
    await call(page, 'moment', 'lowered')
    await expectSeen(nudgeOf(page, 'on-lowered'))
    await expect(page.getByRole('dialog')).toHaveCount(0)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('text')
    await stopsTyping()
    expect(await collector.waitForShown('on-lowered')).toMatchObject({ channel: { surface: 'toast' } })
    expect(await calmOf(page, 'lowered')).toBe('typing')
  })

  test('what is dropped is told at once and does not come later', async ({ page, collector }) => {
    const stopsTyping = keepsTyping(page, '#text')
    await expect(page.locator('#text')).toHaveValue(/aa/)
    await call(page, 'moment', 'dropped')
    const decision = await decisionOn(collector, page, 'dropped')
    expect(decision).toMatchObject({ verdict: 'hold', reason: 'busy' })
    expect(decision).not.toHaveProperty('deferredMs')
    await stopsTyping()
    await passes(page, 1500)
    await expect(anyNudge(page)).toHaveCount(0)
  })
})

test('who composes is left in peace, whatever it takes', async ({ page, context }) => {
  const devtools = await context.newCDPSession(page)
  await page.locator('#text').focus()
  await devtools.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 })
  await call(page, 'moment', 'lowered')
  await call(page, 'moment', 'doubt')
  // Longer than a pause in typing.
  await passes(page, 1600)
  await expect(anyNudge(page)).toHaveCount(0)
  await devtools.send('Input.insertText', { text: '你' })
  await expectSeen(nudgeOf(page, 'on-lowered'))
})

test.describe('who pays', () => {
  for (const [where, enter] of [
    ['in a field', (page: Page) => page.locator('#card').focus()],
    ['in a frame', (page: Page) => page.frameLocator('#frame').locator('#number').click()],
  ] as const)
    test(`${where} is left in peace until he is elsewhere`, async ({ page, collector }) => {
      await enter(page)
      await call(page, 'moment', 'dropped')
      expect(await decisionOn(collector, page, 'dropped')).toMatchObject({ verdict: 'hold', reason: 'busy' })
      expect(await calmOf(page, 'dropped')).toBe('payment-field')
      await call(page, 'moment', 'doubt')
      await passes(page, 300)
      await expect(anyNudge(page)).toHaveCount(0)
      await page.locator('#else').click()
      await expectSeen(nudgeOf(page, 'on-doubt'))
    })
})

test('in a critical flow nobody is disturbed, until the page says otherwise', async ({ page }) => {
  await call(page, 'page', { critical: true })
  await call(page, 'moment', 'doubt')
  await passes(page, 300)
  await expect(anyNudge(page)).toHaveCount(0)
  await call(page, 'page', { type: 'other' })
  await expectSeen(nudgeOf(page, 'on-doubt'))
})

test('before a dialog of the page’s own nothing is shown; when it is closed in time it comes', async ({
  page,
  collector,
}) => {
  await page.evaluate(() => (document.getElementById('dialog') as HTMLDialogElement).showModal())
  await call(page, 'moment', 'lowered')
  await call(page, 'moment', 'brief')
  expect(await decisionOn(collector, page, 'brief')).toMatchObject({ verdict: 'hold', reason: 'busy' })
  expect(await calmOf(page, 'brief')).toBe('dialog')
  await expect(anyNudge(page)).toHaveCount(0)
  await page.locator('#close').click()
  await expectSeen(nudgeOf(page, 'on-lowered'))
  expect(await collector.waitForShown('on-lowered')).toMatchObject({ channel: { surface: 'modal' } })
})

test('while he is asked for his consent he is asked nothing else; once he has answered it comes', async ({
  page,
  collector,
}) => {
  await page.evaluate(() => {
    const banner = document.createElement('div')
    banner.id = 'onetrust-banner-sdk'
    banner.style.cssText = 'position: fixed; inset: auto 0 0; height: 90px; background: beige'
    banner.innerHTML = '<button id="answer">Accept</button>'
    banner.firstElementChild!.addEventListener('click', () => (banner.style.visibility = 'hidden'))
    document.body.append(banner)
  })
  await call(page, 'moment', 'lowered')
  await call(page, 'moment', 'brief')
  expect(await decisionOn(collector, page, 'brief')).toMatchObject({ verdict: 'hold', reason: 'busy' })
  expect(await calmOf(page, 'brief')).toBe('banner')
  await page.locator('#answer').click()
  // It is there still, unseen.
  await expectSeen(nudgeOf(page, 'on-lowered'))
})

for (const [known, inside] of [
  ['a class', '<p class="cky-consent-container">May we?</p>'],
  ['the frame in it', '<iframe id="sp_message_iframe_1204" srcdoc="May we?"></iframe>'],
] as const)
  test(`so it is with a banner that is known by ${known}`, { tag: '@once' }, async ({ page, collector }) => {
    const box = `<div style="position: fixed; inset: auto 0 0; height: 90px; background: beige">${inside}</div>`
    await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), box)
    await call(page, 'moment', 'brief')
    expect(await decisionOn(collector, page, 'brief')).toMatchObject({ verdict: 'hold', reason: 'busy' })
    expect(await calmOf(page, 'brief')).toBe('banner')
  })

test('a dialog that the page made of a div is one too', async ({ page }) => {
  await page.evaluate(() => {
    const dialog = document.createElement('div')
    dialog.id = 'made'
    dialog.role = 'dialog'
    dialog.ariaModal = 'true'
    dialog.textContent = 'Which size?'
    document.body.append(dialog)
  })
  await call(page, 'moment', 'doubt')
  await passes(page, 300)
  await expect(anyNudge(page)).toHaveCount(0)
  await page.evaluate(() => document.getElementById('made')!.remove())
  await expectSeen(nudgeOf(page, 'on-doubt'))
})
