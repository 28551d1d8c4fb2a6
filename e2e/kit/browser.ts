import type { LaunchOptions } from '@playwright/test'

const executablePath = process.env['SPLITSECOND_BROWSER']
const asRoot = process.getuid?.() === 0

/** Where Firefox is, if it is there: `scripts/test.mjs` looks for it, and says when it is not. */
export const firefoxPath = process.env['SPLITSECOND_FIREFOX']

/** Playwright switches the back/forward cache off; shoppers have it on. */
export const launchOptions = ({ pageCache = true } = {}): LaunchOptions => ({
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
})
