import type { Bed } from './lab'
import { wait } from './wait'

/** A script as a page would load it. */
export interface Script {
  readonly file: string
  readonly data?: Readonly<Record<string, string>>
}

/** Adds the script to a page that has settled; what it costs begins here. */
export const inject = ({ page, base }: Bed, { file, data = {} }: Script) =>
  page.evaluate(
    (src, attributes) => {
      const script = document.createElement('script')
      Object.assign(script.dataset, attributes)
      script.src = src
      document.head.append(script)
    },
    base + file,
    data,
  )

/** Waits until the script is there, its parts too, and nothing more is loaded: the page is armed then. */
export async function untilArmed(bed: Bed, quietEnoughMs = 150) {
  const start = performance.now()
  const hasStage = () => bed.page.evaluate(() => document.querySelector('[data-splitsecond-stage]') !== null)
  while (bed.quietMs() < quietEnoughMs || !(await hasStage())) {
    if (performance.now() - start > 15_000) throw Error('the page did not arm in 15 s; is dist/ complete?')
    await wait(25)
  }
}
