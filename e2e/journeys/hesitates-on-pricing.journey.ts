import { armed, expect, flush, nudgeOf, test, type ShownNudge } from '../kit/fixtures'

test.describe('a shopper hesitates on a plan', () => {
  test.skip(({ isMobile }) => isMobile, 'needs a mouse: touch has no hover')

  test('sees the nudge, and the collector has every split', async ({ page, collector, consoleLines }) => {
    await page.goto('/pricing')
    await armed(page)
    await collector.waitFor('page')
    const plan = page.locator('[data-cta]').first()
    const box = (await plan.boundingBox())!
    await page.mouse.move(box.x - 40, box.y - 30)
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 })

    const nudge = nudgeOf(page, 'pricing-help')
    await expect(nudge).toBeInViewport({ ratio: 0.9 })
    await expect(nudge).toContainText('Not sure which one?')
    await flush(page)

    const [shown] = (await collector.waitFor('nudge', (event) => event.phase === 'shown')) as ShownNudge[]
    expect(shown).toMatchObject({
      rule: 'pricing-help',
      fit: 'in-moment',
      channel: { surface: 'toast', pageType: 'pricing', device: 'desktop' },
    })
    expect(shown!.splits.wait).toBeGreaterThanOrEqual(2000)
    const { capture, detect, profile, decide, mount, paint, total } = shown!.splits
    expect(capture + detect + profile + decide + mount! + paint!).toBeCloseTo(total!, 0)

    const [decision] = await collector.waitFor('decision', (event) => event.decisionId === shown!.decisionId)
    expect(decision!.decision).toMatchObject({
      verdict: 'show',
      reason: 'shown',
      rule: 'pricing-help',
      owner: 'pricing team',
    })
    const [moment] = await collector.waitFor('moment', (event) => event.momentId === shown!.momentId)
    expect(moment!.moment).toMatchObject({
      name: 'hesitation',
      phase: 'confirmed',
      evidence: { dwellMinMs: 2000, driftMaxPx: 10 },
    })
    expect(consoleLines).toEqual([])
  })
})
