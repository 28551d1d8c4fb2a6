import type { Page } from '@playwright/test'
import { anyNudge, armed, call, expect, expectSeen, flush, test } from '../kit/fixtures'
import { openLab, ruleset } from '../kit/lab'

const variants = (title: string) => [
  {
    id: 'a',
    nudge: {
      surface: 'toast',
      copy: { en: { title } },
      actions: [
        { label: { en: 'Show me' }, do: 'link', href: '#more' },
        { label: { en: 'No' }, do: 'dismiss' },
      ],
    },
  },
]
const steps = [
  { id: 'reassure', variants: variants('Free returns for 60 days') },
  { id: 'chat', cost: 1, variants: variants('Ask Ines, she knows kettles') },
  { id: 'code', cost: 5, variants: variants('5 off with KETTLE5') },
]
const rules = ruleset([{ id: 'help', on: 'doubt', ladder: { steps } }])

const doubts = async (page: Page, title: string) => {
  await call(page, 'moment', 'doubt')
  const nudge = anyNudge(page)
  await expectSeen(nudge)
  await expect(nudge).toContainText(title)
  return nudge
}
const open = async (page: Page) => {
  await openLab(page, { rules })
  await armed(page)
}

test.describe('a shopper doubts, again and again', { tag: '@once' }, () => {
  test('and is offered the dearer thing only when the cheaper did not help', async ({ page, collector }) => {
    await open(page)
    for (const { title } of [{ title: 'Free returns' }, { title: 'Ask Ines' }, { title: 'KETTLE5' }]) {
      const nudge = await doubts(page, title)
      await nudge.getByRole('button', { name: 'No', exact: true }).click()
      await expect(anyNudge(page)).toHaveCount(0)
      // It is remembered on the next page, too.
      await open(page)
    }
    await call(page, 'moment', 'doubt')
    await flush(page)
    const decisions = await collector.waitFor('decision', () => true, 4)
    expect(decisions.map(({ decision }) => decision.step ?? decision.reason)).toEqual([
      'reassure',
      'chat',
      'code',
      'limit',
    ])
    const closed = await collector.waitFor('nudge', ({ phase }) => phase === 'dismissed', 3)
    expect(closed.map(({ step }) => step)).toEqual(['reassure', 'chat', 'code'])
  })

  test('and is left alone once it has', async ({ page, collector }) => {
    await open(page)
    await (await doubts(page, 'Free returns')).getByRole('link', { name: 'Show me' }).click()
    await expect(anyNudge(page)).toHaveCount(0)
    await call(page, 'moment', 'doubt')
    await flush(page)
    const [held] = await collector.waitFor('decision', ({ decision }) => decision.verdict === 'hold')
    expect(held!.decision).toMatchObject({ reason: 'limit', rule: 'help' })
    await expect(anyNudge(page)).toHaveCount(0)
  })

  test('and has bought meanwhile: no code after the order', async ({ page, collector }) => {
    await open(page)
    await (await doubts(page, 'Free returns')).getByRole('button', { name: 'No', exact: true }).click()
    await call(page, 'track', 'order_complete', { value: 40 })
    await call(page, 'moment', 'doubt')
    await flush(page)
    const [held] = await collector.waitFor('decision', ({ decision }) => decision.verdict === 'hold')
    expect(held!.decision).toMatchObject({ reason: 'limit', rule: 'help' })
  })
})
