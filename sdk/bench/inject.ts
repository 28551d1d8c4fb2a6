import type { Page } from '@playwright/test'

/** A script as a page would load it. */
export interface Script {
  readonly file: string
  readonly data?: Readonly<Record<string, string>>
}

/** Adds the script to a page that has settled; what it costs begins here. */
export const inject = (page: Page, base: string, { file, data = {} }: Script) =>
  page.evaluate(
    ([src, attributes]) => {
      const script = document.createElement('script')
      Object.assign(script.dataset, attributes)
      script.src = src
      document.head.append(script)
    },
    [base + file, data] as const,
  )

/** The script is there, its parts too, and the page is armed. */
export const isArmed = (page: Page) =>
  page.evaluate(() => document.querySelector('[data-splitsecond-stage]') !== null)
