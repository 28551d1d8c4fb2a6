import type { Page } from '@playwright/test'
import { anyNudge, armed, call, expect, expectSeen, flush, nudgeOf, passes, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

const button = (label: string, act: object) => ({ label: { en: label }, ...act })
const rules = ruleset([
  ruleOn('later', {}, { actions: [button('Not now', { do: 'snooze', forMs: 3_600_000 })] }),
  ruleOn('code', {}, { actions: [button('Copy TEA5', { do: 'copy', code: 'TEA5', done: { en: 'Copied' } })] }),
  ruleOn('apply', {}, {
    actions: [button('Use TEA5', { do: 'coupon', code: 'TEA5', done: { en: 'Applied' }, failed: { en: 'Not this time' } })],
  }),
  ruleOn('talk', {}, { actions: [button('Ask Ines', { do: 'chat' }), button('No', { do: 'dismiss' })] }),
  ruleOn('tell', {}, { actions: [button('Show me', { do: 'event', name: 'sizes' })] }),
  ruleOn('own', {}, { surface: 'event', actions: [button('Yes', { do: 'event', name: 'yes' })] }),
]) // prettier-ignore

const shown = async (page: Page, moment: string) => {
  await call(page, 'moment', moment)
  const nudge = nudgeOf(page, `on-${moment}`)
  await expectSeen(nudge)
  return nudge
}
/** A text of the page's own that its code keeps, for the test to read. */
const heard = (page: Page) => page.evaluate(() => (window as unknown as { heard?: unknown }).heard)
const explained = (page: Page, rule: string) =>
  page.evaluate((id) => {
    const { splitsecond } = window as unknown as {
      splitsecond: { explain(rule: string): { decision: { reason: string }; hidden?: string[] }[] }
    }
    const [last] = splitsecond.explain(id)
    return last && { reason: last.decision.reason, hidden: last.hidden }
  }, rule)
/** A page whose head says what the shop has. */
const open = async (page: Page, head = '', body = '<h1>Lab</h1><input aria-label="Code">') => {
  await openLab(page, { rules, head, body })
  await armed(page)
}

test('later: the rule is silent, on the next page too; others are not', async ({ page, collector }) => {
  await open(page)
  await (await shown(page, 'later')).getByRole('button', { name: 'Not now' }).click()
  await expect(anyNudge(page)).toHaveCount(0)
  await call(page, 'moment', 'later')
  await expect.poll(() => explained(page, 'on-later')).toMatchObject({ reason: 'cooldown' })
  await flush(page)
  const [end] = await collector.waitFor('nudge', ({ phase }) => phase === 'dismissed')
  expect(end).toMatchObject({ rule: 'on-later', action: 0 })
  await page.reload()
  await armed(page)
  await call(page, 'moment', 'later')
  await expect.poll(() => explained(page, 'on-later')).toMatchObject({ reason: 'cooldown' })
  await shown(page, 'talk')
})

test.describe('a code', () => {
  test('is on the clipboard, she is told so, and it counts as used', async ({ page, context, collector }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await open(page)
    const nudge = await shown(page, 'code')
    await nudge.getByRole('button', { name: 'Copy TEA5' }).click()
    await expect(nudge.locator('[part=result]')).toHaveText('Copied')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('TEA5')
    await expect(nudge).toHaveCount(0)
    await flush(page)
    await collector.waitFor('nudge', ({ phase, rule }) => phase === 'clicked' && rule === 'on-code')
  })

  for (const [why, clipboard] of [
    [
      'where the browser refuses',
      "{ writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }",
    ],
    ['where there is no clipboard', 'undefined'],
  ] as const)
    test(`${why} it stands there, selected: she copies it herself @mouse`, async ({ page, context }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await open(
        page,
        `<script>Object.defineProperty(navigator, 'clipboard', { value: ${clipboard} })</script>`,
      )
      const nudge = await shown(page, 'code')
      await nudge.getByRole('button', { name: 'Copy TEA5' }).click()
      await expect(nudge.locator('[part=result]')).toHaveText('TEA5')
      await page.keyboard.press('Control+C')
      await page.getByLabel('Code').focus()
      await page.keyboard.press('Control+V')
      await expect(page.getByLabel('Code')).toHaveValue('TEA5')
      await expect(nudge).toHaveCount(1)
    })
})

test.describe('a coupon', () => {
  const provides = (apply: string) =>
    `<script>splitsecond = { q: [['provide', 'coupon', ${apply}]] }</script>`

  test('is handed to the shop, whose answer is shown', async ({ page, collector }) => {
    await open(
      page,
      provides("async (code, { rule }) => { window.heard = [code, rule]; return '5 euros off' }"),
    )
    const nudge = await shown(page, 'apply')
    await nudge.getByRole('button', { name: 'Use TEA5' }).click()
    await expect(nudge.locator('[part=result]')).toHaveText('5 euros off')
    expect(await heard(page)).toEqual(['TEA5', 'on-apply'])
    await expect(nudge).toHaveCount(0)
    await flush(page)
    await collector.waitFor('nudge', ({ phase, rule }) => phase === 'clicked' && rule === 'on-apply')
  })

  test('that the shop refuses says why, and can be tried again', async ({ page, collector }) => {
    await open(
      page,
      provides(
        "() => { window.heard = (window.heard ?? 0) + 1; return heard < 2 ? Promise.reject('Not with tea') : heard < 3 ? Promise.reject() : undefined }",
      ),
    )
    const nudge = await shown(page, 'apply')
    const use = nudge.getByRole('button', { name: 'Use TEA5' })
    for (const said of ['Not with tea', 'Not this time', 'Applied']) {
      await use.click()
      await expect(nudge.locator('[part=result]')).toHaveText(said)
    }
    await flush(page)
    expect(await collector.events('error')).toEqual([])
  })

  test('whose answer comes when she has closed the nudge changes nothing any more', async ({
    page,
    collector,
  }) => {
    await open(page, provides('() => new Promise((answer) => void (window.heard = answer))'))
    const nudge = await shown(page, 'apply')
    await nudge.getByRole('button', { name: 'Use TEA5' }).click()
    await nudge.getByRole('button', { name: 'Close' }).click()
    await page.evaluate(() => (window as unknown as { heard: (text: string) => void }).heard('late'))
    // Longer than what came of a press would stand there.
    await passes(page, 4500)
    await (await shown(page, 'tell')).getByRole('button', { name: 'Close' }).click()
    await flush(page)
    const ends = await collector.waitFor('nudge', ({ phase }) => phase !== 'shown', 2)
    expect(ends.map(({ phase, rule }) => [phase, rule])).toEqual([
      ['dismissed', 'on-apply'],
      ['dismissed', 'on-tell'],
    ])
  })

  test('of a shop that takes none has no button', async ({ page }) => {
    await open(page)
    const nudge = await shown(page, 'apply')
    await expect(nudge.getByRole('button')).toHaveText(['×'])
    await expect.poll(() => explained(page, 'on-apply')).toEqual({ reason: 'shown', hidden: ['coupon'] })
  })
})

test.describe('a chat', () => {
  const log = 'function () { window.heard = [].slice.call(arguments) }'
  const vendors: Readonly<Record<string, readonly [global: string, heard: unknown]>> = {
    Intercom: [`Intercom = ${log}`, ['show']],
    'Zendesk messaging': [`zE = ${log}`, ['messenger', 'open']],
    'Zendesk Web Widget (Classic)': [`zESettings = { webWidget: {} }; zE = ${log}`, ['webWidget', 'open']],
    Crisp: ['$crisp = heard = []', [['do', 'chat:open']]],
    'tawk.to': [`Tawk_API = { maximize: ${log} }`, []],
    LiveChat: [`LiveChatWidget = { call: ${log} }`, ['maximize']],
    'the shop’s own': [`splitsecond = { q: [['provide', 'chat', ${log}]] }`, []],
  }
  for (const [vendor, [global, told]] of Object.entries(vendors))
    test(`opens: ${vendor} @once`, async ({ page }) => {
      await open(page, `<script>${global}</script>`)
      await (await shown(page, 'talk')).getByRole('button', { name: 'Ask Ines' }).click()
      await expect.poll(() => heard(page)).toEqual(told)
      await expect(anyNudge(page)).toHaveCount(0)
    })

  test('that the shop has not: no button, and the decision says so', async ({ page }) => {
    await open(page)
    const nudge = await shown(page, 'talk')
    await expect(nudge.getByRole('button')).toHaveText(['No', '×'])
    await expect.poll(() => explained(page, 'on-talk')).toEqual({ reason: 'shown', hidden: ['chat'] })
  })
})

test.describe('the page itself', () => {
  const listens = (name: string, act: string) =>
    `<script>addEventListener('splitsecond:${name}', ({ detail }) => { ${act} }, true)</script>`

  test('hears which button was pressed', async ({ page }) => {
    await open(page, listens('action', 'window.heard = [detail.name, detail.rule]'))
    await (await shown(page, 'tell')).getByRole('button', { name: 'Show me' }).click()
    expect(await heard(page)).toEqual(['sizes', 'on-tell'])
  })

  test('draws a nudge, and says what became of it', async ({ page, collector }) => {
    await open(
      page,
      listens('show', `
        const box = document.body.appendChild(document.createElement('button'))
        box.id = 'own'
        box.textContent = detail.title + ': ' + detail.actions[0].label
        box.onclick = () => detail.used('clicked', 0)
      `) + listens('hide', "document.getElementById('own').remove()"),
    ) // prettier-ignore
    await call(page, 'moment', 'own')
    const own = page.getByRole('button', { name: 'May we help?: Yes' })
    await own.click()
    await expect(own).toHaveCount(0)
    await expect(anyNudge(page)).toHaveCount(0)
    await collector.waitForShown('on-own')
    const [end] = await collector.waitFor('nudge', ({ phase }) => phase === 'clicked')
    expect(end).toMatchObject({ rule: 'on-own', action: 0, channel: { surface: 'event' } })
  })
})
