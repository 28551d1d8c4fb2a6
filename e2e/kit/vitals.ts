import { expect, type Page } from '@playwright/test'

/** What the browser itself says about the page, read by the page's own observers. */
export interface Vitals {
  /** Which element was painted largest, and how large. */
  readonly largest: string
  readonly size: number
  readonly shift: number
  /** How long each press waited for the frame that answered it, ms (in steps of 8), as INP counts it. */
  readonly presses: readonly number[]
}

export const watchVitals = (page: Page) =>
  page.addInitScript(() => {
    const presses: number[] = []
    const vitals = { largest: '', size: 0, shift: 0, presses }
    Object.defineProperty(document, 'vitals', { value: vitals })
    const watch = (type: string, hear: (entry: PerformanceEntry) => void, more = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(hear)).observe({
        type,
        buffered: true,
        ...more,
      })
    watch('largest-contentful-paint', (entry) => {
      const { element, size } = entry as PerformanceEntry & { element: Element | null; size: number }
      vitals.largest = element ? `${element.localName}.${element.className}` : 'not in the page'
      vitals.size = size
    })
    watch('layout-shift', (entry) => {
      vitals.shift += (entry as PerformanceEntry & { value: number }).value
    })
    const press = (entry: PerformanceEntry) => {
      if (entry.name === 'pointerup' && (entry as PerformanceEventTiming).interactionId)
        presses.push(entry.duration)
    }
    watch('event', press, { durationThreshold: 16 })
  })

/** What has been painted is told a few frames later: waits until there is a largest paint, and two frames more. */
export async function vitals(page: Page) {
  const read = () =>
    page.evaluate(
      () =>
        new Promise<Vitals>((resolve) =>
          requestAnimationFrame(() =>
            requestAnimationFrame(() =>
              setTimeout(() => resolve({ ...(document as Document & { vitals?: Vitals }).vitals! })),
            ),
          ),
        ),
    )
  await expect.poll(async () => (await read()).size, 'the size of the largest paint').toBeGreaterThan(0)
  return read()
}
