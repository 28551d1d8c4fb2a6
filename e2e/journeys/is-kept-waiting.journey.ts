import type { Page } from '@playwright/test'
import type { Handle } from '../../sdk/src/handle'
import { anyNudge, armed, expect, flush, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

/** The page is busy, and lets the moment pass between the decision and its paint. */
const rules = (more: object) => ruleset([ruleOn('doubt', { validForMs: 800, ...more })])

/** Raises the moment, then does so in the same task; answers whether the nudge is there when the frame is made. */
const meanwhile = (page: Page, what: 'computes' | 'goes on' | 'nothing') =>
  page.evaluate(
    (doing) =>
      new Promise<boolean>((resolve) => {
        const { splitsecond } = window as unknown as { splitsecond: Handle }
        splitsecond.moment('doubt')
        requestAnimationFrame(() => {
          const { shadowRoot } = document.querySelector('[data-splitsecond-stage]')!
          resolve(shadowRoot!.querySelector('[data-rule]') !== null)
        })
        if (doing === 'goes on') history.pushState({}, '', '/lab/elsewhere')
        const until = performance.now() + (doing === 'computes' ? 1200 : 0)
        while (performance.now() < until);
      }),
    what,
  )

test('what comes in time is there when the frame is made', async ({ page, collector }) => {
  await openLab(page, { rules: rules({}) })
  await armed(page)
  expect(await meanwhile(page, 'nothing')).toBe(true)
  await collector.waitForShown('on-doubt')
})

for (const [what, reason] of [
  ['computes', 'moment-over'],
  ['goes on', 'cancelled'],
] as const)
  test(`a page that ${what} meanwhile: ${reason}, and not one frame of it was seen`, async ({
    page,
    collector,
  }) => {
    await openLab(page, { rules: rules({}) })
    await armed(page)
    expect(await meanwhile(page, what)).toBe(false)
    await flush(page)
    const [missed] = await collector.waitFor('nudge')
    expect(missed).toMatchObject({ phase: 'missed', fit: 'missed', reason, rule: 'on-doubt' })
    const [decision] = await collector.waitFor('decision')
    expect(decision).toMatchObject({ decisionId: missed!.decisionId, decision: { verdict: 'show' } })
    await expect(anyNudge(page)).toHaveCount(0)
    expect(await collector.events('nudge')).toHaveLength(1)
  })
