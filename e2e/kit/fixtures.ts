import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import type { BeaconEvent } from '../../sdk/schema/event'
import type { Handle } from '../../sdk/src/handle'
import { createCanaries, type Canaries } from './canaries'
import { createShopper, type Shopper } from './shopper'

export { expect }
export { onPageFor, pageTime, passes } from './page-time'

export type Kind = BeaconEvent['type']
export type Stored<T extends Kind = Kind> = Extract<BeaconEvent, { type: T }>
type Nudged = Stored<'nudge'>
export type ShownNudge = Extract<Nudged, { phase: 'shown' }>
export type GhostNudge = Extract<Nudged, { phase: 'ghost' }>

/** What the demo collector has stored since this test began. */
export interface Collector {
  events<T extends Kind>(type: T): Promise<Stored<T>[]>
  all(): Promise<Stored[]>
  /** Waits until it holds at least `count` events of that type that `match`. */
  waitFor<T extends Kind>(
    type: T,
    match?: (event: Stored<T>) => boolean,
    count?: number,
  ): Promise<Stored<T>[]>
  /** Waits for a nudge that was painted, with its splits; asks the page to hand in what it has. */
  waitForShown(rule: string): Promise<ShownNudge>
}

interface Fixtures {
  /**
   * What went wrong on the page's console. A journey takes out what it expects (`splice`); whatever is left when
   * it ends fails it.
   */
  consoleLines: string[]
  collector: Collector
  /**
   * Words of the page's and of the shopper's own. Every journey ends with a search for them, in all that left the browser
   * and all that the script wrote down.
   */
  canaries: Canaries
  /** The person in front of the page, with the hands that go with the device. */
  shopper: Shopper
}

const noted = /^(page|moment|decision|nudge|error)$/

export const test = base.extend<Fixtures, { shop: string }>({
  shop: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from this very pattern what a fixture needs
    async ({}, use) => {
      const server = spawn(process.execPath, ['--import', 'tsx', 'e2e/kit/serve.ts'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const [line] = (await once(server.stdout, 'data')) as [Buffer]
      await use(line.toString().trim())
      server.kill('SIGTERM')
      await once(server, 'exit')
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  baseURL: async ({ shop }, use) => use(shop),

  consoleLines: [
    async ({ context }, use) => {
      const lines: string[] = []
      const watch = (page: Page) => {
        page.on('console', (message) => {
          if (message.type() === 'error' || message.type() === 'warning') lines.push(message.text())
        })
        page.on('pageerror', (error) => lines.push(String(error)))
      }
      context.on('page', watch)
      await use(lines)
      expect(lines, 'lines on the console that the journey did not expect').toEqual([])
    },
    { auto: true },
  ],

  canaries: [
    async ({ context, page: _page }, use, test) => {
      const canaries = createCanaries()
      await canaries.watch(context)
      await use(canaries)
      // A journey that failed says so itself.
      if (test.status === test.expectedStatus) await expectNoLeaks(canaries)
    },
    { auto: true },
  ],

  shopper: async ({ page, hasTouch, canaries }, use) =>
    use(createShopper(page, hasTouch, (text) => void canaries.typed(text))),

  // Automatic, so that its clock starts before the first page does.
  collector: [
    async ({ shop, request, page }, use, test) => {
      const since = Date.now()
      const read = async (query: string) => {
        const answer = await request.get(`${shop}/v1/events?since=${since}${query}`)
        const text = await answer.text()
        return (
          text
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line) as Stored)
            // The clock of another journey's shopper may be an hour ahead.
            .filter((event) => Number(event['receivedAt']) >= since)
        )
      }
      const events = <T extends Kind>(type: T) => read(`&type=${type}`) as Promise<Stored<T>[]>
      const waitFor: Collector['waitFor'] = async (type, match = () => true, count = 1) => {
        const found: Stored<typeof type>[] = []
        await expect
          .poll(
            async () => {
              found.splice(0, Infinity, ...(await events(type)).filter(match))
              return found.length
            },
            { message: `${count} event(s) of type ${type} at the collector`, timeout: 20_000 },
          )
          .toBeGreaterThanOrEqual(count)
        return found
      }
      await use({
        events,
        all: () => read(''),
        waitFor,
        async waitForShown(rule) {
          const isIt = (it: Nudged) => it.phase === 'shown' && it.rule === rule
          await expect
            .poll(
              async () => {
                // A page that is just going has handed it in by itself.
                await flush(page).catch(() => undefined)
                return (await events('nudge')).some(isIt)
              },
              { message: `${rule} shown, at the collector`, timeout: 20_000 },
            )
            .toBe(true)
          return (await events('nudge')).find(isIt) as ShownNudge
        },
      })
      // What the collector heard says more of a journey that failed than the line that it failed on.
      if (test.status !== test.expectedStatus) {
        await flush(page).catch(() => undefined)
        for (const event of await read(''))
          if (noted.test(event.type)) console.log(event.at - since, JSON.stringify(event))
      }
    },
    { auto: true },
  ],
})

/** By its end every journey is asked this; one with a browser of its own asks it before that is closed. */
export const expectNoLeaks = async (canaries: Canaries) =>
  expect(await canaries.leaks(), 'what the page and the shopper keep to themselves').toEqual([])

/** The nudge on the screen: pierces the open shadow root. */
export const nudgeOf = (page: Page, rule: string) =>
  page.locator(`[data-splitsecond-stage] [data-rule="${rule}"]`)

/** Whatever of ours has pixels. */
export const anyNudge = (page: Page) => page.locator('[data-splitsecond-stage] [data-surface]')

/** A nudge's picture is there: loaded, or drawn on the canvas that stands for it before the first input. */
export const expectDrawn = (picture: Locator) =>
  expect
    .poll(() =>
      picture.evaluate((box: HTMLImageElement | HTMLCanvasElement) => {
        if (box instanceof HTMLImageElement) return box.naturalWidth > 0
        // Read from a copy: the browser warns of reading one canvas again and again.
        const copy = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!
        copy.drawImage(box, 0, 0, 8, 8)
        const { data } = copy.getImageData(0, 0, 8, 8)
        return data.some((value, index) => index % 4 === 3 && value > 0)
      }),
    )
    .toBe(true)

/** In view, and nothing lies over its middle. */
export async function expectSeen(nudge: Locator) {
  await expect(nudge).toBeInViewport({ ratio: 0.9 })
  const hit = await nudge.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const [x, y] = [left + width / 2, top + height / 2]
    const root = element.getRootNode() as ShadowRoot
    return document.elementFromPoint(x, y) === root.host && element.contains(root.elementFromPoint(x, y))
  })
  expect(hit, 'the middle of the nudge is what a finger there would touch').toBe(true)
}

/** Calls the script as the shop's own code does. */
export const call = <Name extends keyof Handle>(page: Page, name: Name, ...args: Parameters<Handle[Name]>) =>
  page.evaluate(
    ([method, given]) => {
      const { splitsecond } = window as unknown as { splitsecond: Handle }
      return (splitsecond[method] as (...all: unknown[]) => unknown)(...given)
    },
    [name, args] as const,
  ) as Promise<Awaited<ReturnType<Handle[Name]>>>

/** Sends what waits, as a page that is about to go does. */
export const flush = (page: Page) => call(page, 'flush')

/** The script is there. */
export const started = (page: Page) => expect(page.locator('[data-splitsecond-stage]')).toBeAttached()

/** The script is there and has its ruleset: after another look at it, it must. */
export async function armed(page: Page) {
  await started(page)
  await call(page, 'refresh')
}

/** The sums of the splits are the sums of their parts. */
export function expectWholeSplits({ splits }: ShownNudge) {
  const { capture, detect, profile, decide, mount, paint, total, wait, clockMs } = splits
  for (const [name, value] of Object.entries({
    wait,
    capture,
    detect,
    profile,
    decide,
    mount,
    paint,
    clockMs,
  }))
    expect(value, name).toBeGreaterThanOrEqual(0)
  expect(splits.signalToDecision).toBeCloseTo(capture + detect + profile + decide, 0)
  expect(splits.decisionToAction).toBe(mount)
  expect(splits.actionToCustomer).toBe(paint)
  expect(capture + detect + profile + decide + mount + paint).toBeCloseTo(total, 0)
}
