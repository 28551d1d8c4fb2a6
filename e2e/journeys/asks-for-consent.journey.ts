import type { Page } from '@playwright/test'
import { armed, call, expect, expectSeen, flush, nudgeOf, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'
import { ownTraces, watchTraffic } from '../kit/traffic'

/** A shop with a consent platform: nothing is kept or sent before the shopper has answered, and his answer holds. */
const rules = ruleset([ruleOn('doubt')])
const tcf = `<script>
  const told = []
  window.__tcfapi = (command, version, callback) => { if (command === 'addEventListener') told.push(callback) }
  window.answer = (yes) => told.forEach((callback) => callback({
    gdprApplies: true, eventStatus: 'useractioncomplete', listenerId: 1,
    purpose: { consents: { 1: yes, 5: yes, 6: yes, 8: yes } } }, true))
</script>`
const google = `<script>
  window.dataLayer = []
  function gtag() { dataLayer.push(arguments) }
  gtag('consent', 'default', { analytics_storage: 'denied', wait_for_update: 500 })
  window.answer = (yes) => gtag('consent', 'update', { analytics_storage: yes ? 'granted' : 'denied' })
</script>`
const answer = (page: Page, yes: boolean) => page.evaluate(`answer(${yes})`)

for (const [name, head] of Object.entries({ TCF: tcf, 'Google’s consent mode': google }))
  test(`${name}: the answer is waited for, and holds as it changes`, { tag: '@once' }, async ({
    page,
    context,
    collector,
  }) => {
    const traffic = watchTraffic(context)
    await openLab(page, { rules, head })
    await armed(page)
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
    await flush(page)
    expect(await ownTraces(page)).toEqual([])
    expect(traffic.to('/v1/events')).toEqual([])

    await answer(page, true)
    await expect.poll(async () => (await flush(page), collector.events('decision'))).toHaveLength(1)
    expect(await ownTraces(page)).toContain('splitsecond')

    await answer(page, false)
    await expect.poll(() => ownTraces(page)).toEqual([])
    const sent = traffic.to('/v1/events').length
    await call(page, 'track', 'newsletter')
    await flush(page)
    expect(traffic.to('/v1/events')).toHaveLength(sent)
  }) // prettier-ignore

test('platforms that throw, are never ready, or come late: nobody is taken to have agreed', { tag: '@once' }, async ({
  page,
  context,
}) => {
  const traffic = watchTraffic(context)
  const stubs = {
    throws: `window.__tcfapi = () => { throw Error('no platform') }`,
    never: `window.__tcfapi = () => {}`,
    late: `window.__tcfapi = (...call) => (window.waiting = window.waiting || []).push(call)`,
  }
  for (const [name, code] of Object.entries(stubs))
    await test.step(name, async () => {
      await openLab(page, { rules, head: `<script>${code}</script>` })
      await armed(page)
      await call(page, 'moment', 'doubt')
      await expectSeen(nudgeOf(page, 'on-doubt'))
      await flush(page)
      expect(await ownTraces(page)).toEqual([])
    })
  expect(traffic.to('/v1/events')).toEqual([])
  // The stub's calls are made up for when the platform is there.
  await page.evaluate(() => {
    const { waiting } = window as unknown as { waiting: [string, number, (data: object, ok: boolean) => void][] }
    for (const [command, , callback] of waiting) if (command === 'addEventListener') callback({ gdprApplies: false }, true)
  })
  await flush(page)
  await expect.poll(() => traffic.to('/v1/events').length).toBeGreaterThan(0)
}) // prettier-ignore
