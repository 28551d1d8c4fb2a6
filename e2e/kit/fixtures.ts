import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test as base, expect, type Page } from '@playwright/test'
import type { BeaconEvent } from '../../sdk/schema/event'
import type { Handle } from '../../sdk/src/handle'

export { expect }

declare global {
  interface Window {
    /** As the shop's own script sees it; `Handle` once the script has loaded. */
    readonly splitsecondHandle?: Handle
  }
}

export type Kind = BeaconEvent['type']
export type Stored<T extends Kind = Kind> = Extract<BeaconEvent, { type: T }>
export type Nudged = Stored<'nudge'>
export type ShownNudge = Extract<Nudged, { phase: 'shown' }>

/** What the demo collector has stored since this test began. */
export interface Collector {
  events<T extends Kind>(type: T): Promise<Stored<T>[]>
  /** Waits until it holds at least `count` events of that type that `match`. */
  waitFor<T extends Kind>(
    type: T,
    match?: (event: Stored<T>) => boolean,
    count?: number,
  ): Promise<Stored<T>[]>
}

interface Fixtures {
  /** What went wrong on the page's console; a journey ends with none, unless it says which it expects. */
  consoleLines: string[]
  collector: Collector
}

export const test = base.extend<Fixtures, { shop: string }>({
  shop: [
    // eslint-disable-next-line no-empty-pattern
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
    async ({ page }, use) => {
      const lines: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') lines.push(message.text())
      })
      page.on('pageerror', (error) => lines.push(String(error)))
      await use(lines)
    },
    { auto: true },
  ],

  collector: async ({ shop, request }, use) => {
    const since = Date.now()
    const events = async <T extends Kind>(type: T) => {
      const answer = await request.get(`${shop}/v1/events?type=${type}&since=${since}`)
      const text = await answer.text()
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Stored<T>)
    }
    await use({
      events,
      async waitFor(type, match = () => true, count = 1) {
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
      },
    })
  },
})

/** The nudge on the screen: pierces the open shadow root. */
export const nudgeOf = (page: Page, rule: string) =>
  page.locator(`[data-splitsecond-stage] [data-rule="${rule}"]`)

/** Sends what waits, as a page that is about to go does. */
export const flush = (page: Page) =>
  page.evaluate(() => (window as unknown as { splitsecond: Handle }).splitsecond.flush())

/** The script is there, armed, and has the shopper's data. */
export const armed = (page: Page) => expect(page.locator('[data-splitsecond-stage]')).toBeAttached()
