import { armed, expect, expectSeen, expectWholeSplits, flush, nudgeOf, test } from '../kit/fixtures'
import { watchTraffic, written } from '../kit/traffic'

const rule = 'support-shortcut'
// Words that stand nowhere else in the world.
const canaries = ['Zwanenkwartel', 'quiblorax', 'drempelvis', 'hoekmaniok', 'slibbertop']
const issue = `My ${canaries.join(' ')} kettle arrived with a crack`
const again = `Hello? A ${canaries.join(' ')} kettle, and it has a crack`

test.describe('a shopper writes the same issue twice', () => {
  test('is offered a person, and not one word of it leaves the field', async ({
    page,
    context,
    shopper,
    collector,
  }) => {
    const traffic = watchTraffic(context)
    await page.goto('/support')
    await armed(page)
    const message = page.getByLabel('Message')
    await shopper.press(message)
    await shopper.type(message, issue)
    await page.keyboard.press('Tab')
    await expect(nudgeOf(page, rule)).toHaveCount(0)

    await shopper.press(message)
    await page.keyboard.press('ControlOrMeta+A')
    await shopper.type(message, again)
    await page.keyboard.press('Tab')

    const nudge = nudgeOf(page, rule)
    await expectSeen(nudge)
    await expect(nudge.getByRole('link', { name: 'Call us' })).toHaveAttribute('href', 'tel:+3292345678')
    await expect(nudge.getByRole('link', { name: 'Write a mail' })).toHaveAttribute('href', /^mailto:hello@/)
    await expect(message).toHaveValue(again)

    const shown = await collector.waitForShown(rule)
    expectWholeSplits(shown)
    expect(shown).toMatchObject({ fit: 'in-moment', channel: { surface: 'toast', pageType: 'support' } })
    const [moment] = await collector.waitFor('moment', (event) => event.momentId === shown.momentId)
    expect(moment!.moment).toMatchObject({ name: 'rage-typing', phase: 'confirmed' })
    expect(moment!.moment.evidence['overlap']).toBeGreaterThanOrEqual(0.5)

    await flush(page)
    const everything = [traffic.text(), await written(page), JSON.stringify(await collector.all())]
    expect(traffic.to('/v1/events').length).toBeGreaterThan(0)
    for (const text of everything)
      for (const canary of canaries) expect(text.toLowerCase()).not.toContain(canary.toLowerCase())
  })

  test('writes of something else the second time, and is left alone', async ({
    page,
    shopper,
    collector,
  }) => {
    await page.goto('/support')
    await armed(page)
    const message = page.getByLabel('Message')
    await shopper.press(message)
    await shopper.type(message, 'The blue kettle arrived with a crack')
    await page.keyboard.press('Tab')
    await shopper.press(message)
    await page.keyboard.press('ControlOrMeta+A')
    await shopper.type(message, 'When does your shop open on Saturdays?')
    await page.keyboard.press('Tab')

    await flush(page)
    await collector.waitFor('page')
    const moments = await collector.events('moment')
    expect(moments.filter(({ moment }) => moment.name === 'rage-typing')).toEqual([])
    await expect(nudgeOf(page, rule)).toHaveCount(0)
  })
})

test('a shopper types, erases and types again, three times over', async ({
  page,
  context,
  shopper,
  collector,
}) => {
  const traffic = watchTraffic(context)
  await page.goto('/support')
  await armed(page)
  const name = page.getByLabel('Name')
  await shopper.press(name)
  for (const canary of canaries.slice(0, 4)) {
    await expect(nudgeOf(page, rule)).toHaveCount(0)
    await shopper.erases(name)
    await shopper.type(name, canary)
  }

  await expectSeen(nudgeOf(page, rule))
  // The shopper is still writing: the nudge must not take the keyboard away.
  await expect(name).toBeFocused()
  await expect(name).toHaveValue(canaries[3]!)
  const shown = await collector.waitForShown(rule)
  expectWholeSplits(shown)
  const [moment] = await collector.waitFor('moment', (event) => event.momentId === shown.momentId)
  expect(moment!.moment).toMatchObject({ name: 'rage-typing', evidence: { cycles: 3, cyclesMin: 3 } })
  await flush(page)
  for (const text of [traffic.text(), await written(page), JSON.stringify(await collector.all())])
    for (const canary of canaries) expect(text.toLowerCase()).not.toContain(canary.toLowerCase())
})
