import { defineConfig, devices } from '@playwright/test'
import { firefoxPath, launchOptions } from './kit/browser'

export default defineConfig({
  testDir: '..',
  testMatch: ['e2e/**/*.journey.ts', 'demo-site/**/*.journey.ts'],
  outputDir: '../test-results',
  snapshotPathTemplate: '{testDir}/e2e/pictures-of-nudges/{projectName}/{arg}{ext}',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: { launchOptions: launchOptions(), trace: 'off' },
  // @mouse: touch has no hover; @touch: needs a finger; @once: the device plays no part, so one will do.
  projects: [
    {
      name: 'desktop',
      grepInvert: /@touch/,
      use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } },
    },
    // The dashboard's journey sets its own sizes.
    { name: 'pixel', testIgnore: 'demo-site/**', grepInvert: /@mouse|@once/, use: { ...devices['Pixel 7'] } },
    // @firefox: the handful that tell whether another engine does as Chromium does.
    ...(firefoxPath
      ? [
          {
            name: 'firefox',
            testIgnore: 'demo-site/**',
            grep: /@firefox/,
            use: {
              browserName: 'firefox' as const,
              channel: 'moz-firefox',
              viewport: { width: 1280, height: 800 },
              launchOptions: { executablePath: firefoxPath },
            },
          },
        ]
      : []),
  ],
})
