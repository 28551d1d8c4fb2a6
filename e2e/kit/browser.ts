import type { LaunchOptions } from '@playwright/test'

/** Chromium as shoppers have it, and without a window: there a page is open in a third of the time. One may be missing. */
const whole = process.env['SPLITSECOND_BROWSER']
const shell = process.env['SPLITSECOND_SHELL'] ?? whole
const asRoot = process.getuid?.() === 0

/** Journeys run, where nothing else is said, in a browser without a window. */
export const isWithoutWindow = shell !== whole

/** Where Firefox is, if it is there: `scripts/test.mjs` looks for it, and says when it is not. */
export const firefoxPath = process.env['SPLITSECOND_FIREFOX']

/** There is a browser with a back/forward cache: that without a window has none. */
export const hasPageCache = whole !== undefined

/** Playwright switches the back/forward cache off; shoppers have it on. */
export const launchOptions = ({ pageCache = false } = {}): LaunchOptions => {
  const executablePath = pageCache ? whole : shell
  return {
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...(asRoot ? ['--no-sandbox'] : []),
      // A browser under test has no business with the network beyond this machine.
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
    ...(pageCache ? { ignoreDefaultArgs: ['--disable-back-forward-cache'] } : {}),
  }
}
