import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, BrowserContextOptions } from '@playwright/test'
import { cases, scenarios } from '../../sdk/scenarios'
import { settleMs } from '../../sdk/scenarios/play'
import { catalogue } from '../../sdk/src/detect/catalogue'
import type { Device, Scenario } from '../../sdk/scenarios/scenario'
import { createHand } from '../kit/act'
import type { Canaries } from '../kit/canaries'
import { expect, expectNoLeaks, test } from '../kit/fixtures'
import { serveLab, type LabServer } from '../kit/lab-server'

/**
 * A third of the scenarios with a real hand in a real page: the verdict is the one that they have on paper. Most of a
 * story is waiting, so `most` are told at once; on a machine that falls behind fewer and fewer, down to `least`.
 */
const atOnce = { most: 4, least: 2 }
/** Telling a story this much later than it is written is telling another one: it is told again, by itself, twice at most. */
const mostLateMs = 80

interface Heard {
  readonly name: string
  readonly phase: string
}
interface Lab {
  readonly heard: readonly Heard[]
  stalledMs: number
  readonly splitsecond: { refresh(): Promise<unknown> }
}

/**
 * A tab in a browser of its own, in which one story after the other is told: to open one is more work than to tell a
 * story. Nothing of a story is left for the next.
 */
async function openTab(browser: Browser, options: BrowserContextOptions, lab: LabServer, canaries: Canaries) {
  const permissions = ['clipboard-read', 'clipboard-write']
  const context = await browser.newContext({ ...options, baseURL: lab.url, permissions })
  await canaries.watch(context)
  // No story loads a second page.
  await context.addInitScript(() => {
    if (window !== window.top) return
    sessionStorage.clear()
    localStorage.clear()
  })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  const open = async (layout: string) => {
    await page.goto(lab.elsewhere)
    await devtools.send('Page.resetNavigationHistory')
    await page.goto(`/lab/${layout}`)
    await page.evaluate(() => (window as unknown as Lab).splitsecond.refresh())
    await page.evaluate(() => ((window as unknown as Lab).stalledMs = 0))
  }
  // What a browser does once for all pages is done.
  await open('product')
  return {
    async tell(scenario: Scenario) {
      for (const deed of scenario.deeds) if ('text' in deed) canaries.typed(deed.text)
      await open(scenario.layout)
      const handMs = await createHand(page, devtools, scenario).all(scenario.deeds)
      // As on paper: what is under way after the last deed comes to its end.
      await pause(settleMs)
      const { heard, stalledMs } = await page.evaluate(() => {
        const { heard: all, stalledMs: held } = window as unknown as Lab
        return { heard: all, stalledMs: held }
      })
      for (const other of context.pages()) if (other !== page) await other.close()
      return { lateMs: Math.max(handMs, stalledMs), heard }
    },
    async close() {
      await expectNoLeaks(canaries)
      await context.close()
    },
  }
}
type Tab = Awaited<ReturnType<typeof openTab>>

const verdict = (heard: readonly Heard[]) => [
  ...new Set(
    heard.filter(({ name, phase }) => phase === 'confirmed' && name in catalogue).map(({ name }) => name),
  ),
]

const middle = (all: readonly number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0
const verdictOnPaper = ({ expected }: Scenario) => expected.filter((name) => name in catalogue)

/** What a story stands for: its moments, or silence where one might have been found. */
const subjects = (scenario: Scenario) =>
  scenario.expected.length > 0
    ? scenario.expected
    : Object.keys(cases).flatMap((about) =>
        cases[about]?.includes(scenario) ? [`silence about ${about}`] : [],
      )

/** Tells them all: `wrong` are verdicts, `late` the stories that the machine could not tell, which is no verdict at all. */
async function tellAll(openOne: () => Promise<Tab>, stories: readonly Scenario[]) {
  const waiting = [...stories]
  const lateness: number[] = []
  const wrong: string[] = []
  const again: Scenario[] = []
  const late = new Map<Scenario, number>()
  const count = { at: atOnce.most, told: 0 }

  const check = async (tab: Tab, scenario: Scenario) => {
    const { heard, lateMs } = await tab.tell(scenario)
    count.told++
    lateness.push(lateMs)
    const [found, wanted] = [verdict(heard), verdictOnPaper(scenario)].map((names) =>
      [...names].sort().join(),
    )
    const isLate = lateMs > mostLateMs
    if (found === wanted) late.delete(scenario)
    else if (isLate) late.set(scenario, lateMs)
    else {
      late.delete(scenario)
      wrong.push(
        `${scenario.title}: wanted ${wanted || 'silence'}, found ${found || 'silence'} (${Math.round(lateMs)} ms late)`,
      )
    }
    return isLate
  }
  const tabs = await Promise.all(Array.from({ length: atOnce.most }, openOne))
  const teller = async (tab: Tab) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const isLate = await check(tab, next)
      if (late.has(next)) again.push(next)
      if (isLate && count.at > atOnce.least) return count.at--
    }
  }
  await Promise.all(tabs.map(teller))
  for (let more = 2; more > 0; more--)
    for (const it of again.splice(0)) {
      await check(tabs[0]!, it)
      if (late.has(it)) again.push(it)
    }
  for (const tab of tabs) await tab.close()
  return {
    wrong,
    late,
    told: `${stories.length} scenarios, ${count.told - stories.length} of them again, ${count.at} at once at the end; ${Math.round(middle(lateness))} ms late in the middle`,
  }
}

const real = (device: Device) => scenarios.filter((it) => it.real && it.device === device)
const devices = { 'a mouse @mouse': real('desktop'), 'a finger @touch': real('touch') }

for (const [name, stories] of Object.entries(devices))
  test(`scenarios told by ${name}`, async ({
    browser,
    canaries,
    contextOptions,
    viewport,
    hasTouch,
    isMobile,
    userAgent,
  }) => {
    test.setTimeout(300_000)
    const lab = await serveLab()
    const more = userAgent ? { userAgent } : {}
    const options = { ...contextOptions, viewport, hasTouch, isMobile, ...more }
    const { wrong, late, told } = await tellAll(() => openTab(browser, options, lab, canaries), stories)
    await lab.close()
    test.info().annotations.push({ type: 'told', description: told })
    expect(wrong).toEqual([])

    // A machine that is late three times has told nothing; a few such stories are borne with, and named: not all of
    // one moment, nor all of those that must not be taken for one.
    const untold = [...late].map(([{ title }, ms]) => `${title}: ${Math.round(ms)} ms late`)
    for (const description of untold) test.info().annotations.push({ type: 'untold', description })
    const heard = new Set(stories.filter((it) => !late.has(it)).flatMap(subjects))
    expect(
      stories.flatMap(subjects).filter((subject) => !heard.has(subject)),
      'none of their stories could be told',
    ).toEqual([])
    expect(untold.length, untold.join('; ')).toBeLessThanOrEqual(stories.length / 10)
  })
