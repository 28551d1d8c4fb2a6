import type { Send } from './launch-browser'

export interface Reading {
  /** ms the page's main thread spent in scripts: running and compiling them. */
  readonly script: number
  /** ms it spent in all tasks, DevTools' own commands taken out. */
  readonly task: number
  readonly heapKb: number
  readonly listeners: number
}

export interface Meter {
  read(): Promise<Reading>
  collectGarbage(): Promise<void>
  throttle(rate: number): Promise<void>
}

/**
 * Reads the main thread by DevTools. Times are the thread's own CPU ticks, not the wall clock: what other
 * processes do on a shared machine is not counted, while the throttle's busy waiting is.
 */
export async function createMeter(send: Send): Promise<Meter> {
  await send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    async read() {
      const { metrics } = await send<Metrics>('Performance.getMetrics')
      const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
      return {
        script: (of('ScriptDuration') + of('V8CompileDuration')) * 1000,
        task: (of('TaskDuration') - of('DevToolsCommandDuration')) * 1000,
        heapKb: of('JSHeapUsedSize') / 1024,
        listeners: of('JSEventListeners'),
      }
    },
    collectGarbage: async () => {
      // The second round takes what finalisers of the first let go.
      await send('HeapProfiler.collectGarbage')
      await send('HeapProfiler.collectGarbage')
    },
    throttle: async (rate) => {
      await send('Emulation.setCPUThrottlingRate', { rate })
    },
  }
}

/** What was spent between two readings. */
export const spent = (from: Reading, to: Reading): Reading => ({
  script: to.script - from.script,
  task: to.task - from.task,
  heapKb: to.heapKb - from.heapKb,
  listeners: to.listeners - from.listeners,
})

interface Metrics {
  readonly metrics: readonly { readonly name: string; readonly value: number }[]
}
