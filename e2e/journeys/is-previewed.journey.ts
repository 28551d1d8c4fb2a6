import { ownLines } from '../kit/console-lines'
import { anyNudge, armed, call, expect, expectSeen, flush, nudgeOf, test } from '../kit/fixtures'

import { openLab, ruleOn, ruleset } from '../kit/lab'

/** Who writes a nudge wants to see it: at once, in his own shop, and without a trace in the figures. */
const rules = ruleset(
  [
    ruleOn('doubt', { limits: { perSession: 1 } }),
    ruleOn(
      'sale',
      { expiresAt: '2020-01-01T00:00:00Z', holdout: 100 },
      { surface: 'modal', copy: { en: { title: 'Still there, {{visitor.name}}?' } } },
    ),
  ],
  { previewKey: 'chalk' },
)

test.describe('a nudge is previewed', { tag: '@once' }, () => {
  test('by the name of its rule, and counts for nothing', async ({ page, collector }) => {
    await openLab(page, { rules })
    await armed(page)
    await call(page, 'preview', 'on-doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
    await nudgeOf(page, 'on-doubt').getByRole('button', { name: 'Thanks' }).click()
    await expect(anyNudge(page)).toHaveCount(0)

    // The one nudge of the session is still to come.
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
    await collector.waitForShown('on-doubt')
    expect((await collector.events('nudge')).map(({ phase }) => phase)).toEqual(['shown'])
    expect(await collector.events('decision')).toHaveLength(1)
  })

  test('whatever would keep it back; what is missing is seen by its name', async ({ page }) => {
    await openLab(page, { rules })
    await call(page, 'preview', 'on-sale')
    await expectSeen(nudgeOf(page, 'on-sale'))
    await expect(nudgeOf(page, 'on-sale')).toContainText('Still there, {{visitor.name}}?')
    // The next takes the place of the one before.
    await call(page, 'preview', 'on-doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
    await expect(anyNudge(page)).toHaveCount(1)
    await call(page, 'stop')
    await expect(anyNudge(page)).toHaveCount(0)
  })

  test('before any rule has it', async ({ page, consoleLines }) => {
    await openLab(page, { rules })
    const { nudge } = ruleOn('draft', {}, { surface: 'bar' }).variants[0]!
    await call(page, 'preview', nudge as never)
    await expectSeen(nudgeOf(page, 'preview'))
    await call(page, 'preview', { ...nudge, surface: 'banner' } as never)
    await call(page, 'preview', 'on-doupt')
    expect(ownLines(consoleLines)).toEqual([
      expect.stringMatching(/preview: surface: wanted .*toast.*, found "banner"/),
      expect.stringMatching(/preview: wanted a rule \(on-doubt, on-sale\), found "on-doupt"/),
    ])
    consoleLines.splice(0)
  })

  test('by a link that has the key', async ({ page, collector }) => {
    await openLab(page, { rules, path: '/lab?splitsecond-preview=on-sale&splitsecond-preview-key=chalk' })
    await expectSeen(nudgeOf(page, 'on-sale'))
    await flush(page)
    await collector.waitFor('page')
    expect(await collector.events('nudge')).toEqual([])
  })

  for (const [what, key, more] of [
    ['by a link with another key', 'cheese', {}],
    ['by a link where the ruleset has no key', 'chalk', { previewKey: undefined }],
  ] as const)
    test(`${what}: one line, and nothing to see`, async ({ page, consoleLines }) => {
      const path = `/lab?splitsecond-preview=on-sale&splitsecond-preview-key=${key}`
      await openLab(page, { rules: { ...rules, ...more }, path })
      await armed(page)
      await expect.poll(() => ownLines(consoleLines)).toHaveLength(1)
      expect(ownLines(consoleLines)[0]).toMatch(/splitsecond-preview-key: wanted the previewKey/)
      consoleLines.splice(0)
      await expect(anyNudge(page)).toHaveCount(0)
    })
})
