import type { Browser, BrowserContextOptions } from '@playwright/test'
import { scenarios } from '../../sdk/scenarios'
import { catalogue } from '../../sdk/src/detect/catalogue'
import type { Device, Scenario } from '../../sdk/scenarios/scenario'
import { createHand } from '../kit/act'
import { expect, test } from '../kit/fixtures'
import { labRules, labShop } from '../kit/lab-shop'

/**
 * A third of the scenarios with a real hand in a real page: the verdict is the one that they have on paper. Most of a
 * story is waiting, so a few are told at once.
 */
const atOnce = 2
/** Telling a story this much later than it is written is telling another one: it is told again, by itself, twice at most. */
const mostLateMs = 80

interface Heard {
  readonly name: string
  readonly phase: string
}
interface Lab {
  readonly heard: readonly Heard[]
  stalledMs: number
  readonly splitsecond?: { refresh?(): Promise<unknown> }
}

async function tell(browser: Browser, options: BrowserContextOptions, scenario: Scenario) {
  const context = await browser.newContext({ ...options, permissions: ['clipboard-read', 'clipboard-write'] })
  try {
    const page = await context.newPage()
    await page.route('**/lab-rules.json', (route) => route.fulfill({ json: labRules }))
    await page.route('**/lab-answer*', async (route) => {
      await page.waitForTimeout(Number(new URL(route.request().url()).searchParams.get('ms')))
      await route.fulfill({ json: {} })
    })
    await page.route('**/lab/**', (route) => route.fulfill({ contentType: 'text/html', body: labShop() }))
    await page.goto(`/lab/${scenario.layout}`)
    await expect.poll(() => page.evaluate(() => !!(window as unknown as Lab).splitsecond?.refresh)).toBe(true)
    await page.evaluate(() => (window as unknown as Lab).splitsecond?.refresh?.())
    // Each moment is a file of its own.
    await page.waitForLoadState('networkidle')
    await page.evaluate(() => ((window as unknown as Lab).stalledMs = 0))
    const handMs = await createHand(page, await context.newCDPSession(page), scenario).all(scenario.deeds)
    await page.waitForTimeout(400)
    const heard = await page.evaluate(() => (window as unknown as Lab).heard)
    const stalledMs = await page.evaluate(() => (window as unknown as Lab).stalledMs)
    return { lateMs: Math.max(handMs, stalledMs), heard }
  } finally {
    await context.close()
  }
}

const verdict = (heard: readonly Heard[]) => [
  ...new Set(
    heard.filter(({ name, phase }) => phase === 'confirmed' && name in catalogue).map(({ name }) => name),
  ),
]

async function tellAll(browser: Browser, options: BrowserContextOptions, stories: readonly Scenario[]) {
  const waiting = [...stories]
  const wrong: string[] = []
  const untold: string[] = []
  const check = async (scenario: Scenario, goes: number) => {
    const { heard, lateMs } = await tell(browser, options, scenario)
    const found = verdict(heard).sort().join()
    const wanted = scenario.expected
      .filter((name) => name in catalogue)
      .sort()
      .join()
    if (found === wanted) return
    const late = `${Math.round(lateMs)} ms late`
    if (lateMs > mostLateMs)
      return goes > 1 ? again.push(scenario) : untold.push(`${scenario.title}: ${late}`)
    return wrong.push(
      `${scenario.title}: wanted ${wanted || 'silence'}, found ${found || 'silence'} (${late})`,
    )
  }
  const again: Scenario[] = []
  const teller = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await check(next, 3)
  }
  await Promise.all(Array.from({ length: atOnce }, teller))
  const told = { stories: stories.length, again: again.length }
  for (const goes of [2, 1]) for (const scenario of again.splice(0)) await check(scenario, goes)
  return { wrong, untold, told }
}

const real = (device: Device) => scenarios.filter((it) => it.real && it.device === device)
const halves = real('desktop').length / 2
/** In parts, for as many workers. */
const parts = {
  'a mouse, one half @mouse': real('desktop').slice(0, halves),
  'a mouse, the other half @mouse': real('desktop').slice(halves),
  'a finger @touch': real('touch'),
}

for (const [name, stories] of Object.entries(parts))
  test(`scenarios told by ${name}`, async ({
    browser,
    shop,
    contextOptions,
    viewport,
    hasTouch,
    isMobile,
    userAgent,
  }) => {
    test.setTimeout(300_000)
    const options = {
      ...contextOptions,
      baseURL: shop,
      viewport,
      hasTouch,
      isMobile,
      ...(userAgent ? { userAgent } : {}),
    }
    const { wrong, untold, told } = await tellAll(browser, options, stories)
    test.info().annotations.push({
      type: 'told',
      description: `${told.stories} scenarios, ${told.again} of them again`,
    })
    expect(wrong).toEqual([])
    // A machine that is late three times has told nothing; a few such stories are borne with, and named.
    for (const description of untold) test.info().annotations.push({ type: 'untold', description })
    expect(untold.length, untold.join('; ')).toBeLessThanOrEqual(stories.length / 10)
  })
