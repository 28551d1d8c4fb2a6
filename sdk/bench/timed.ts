import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
export const collectGarbage = runInNewContext('gc') as () => void

/**
 * Long enough that what the engine's other threads still do, clearing up and optimizing (their time counts as ours), is
 * little beside it. With 12 ms a decision of 0.9 ms came out at 1 to 6.
 */
export const batchMs = 100

/** µs for one run, in CPU time: what else the machine does meanwhile is not counted. */
export async function timed(run: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  let runs = 0
  let tookUs = 0
  // The clock is read only now and then, or it would be what is measured.
  for (let batch = 1; tookUs < batchMs * 1000; batch *= 2) {
    for (let index = 0; index < batch; index++) {
      const promised = run()
      // Not for the others: to wait costs more than they do.
      if (promised instanceof Promise) await promised
    }
    runs += batch
    const { user, system } = process.cpuUsage(start)
    tookUs = user + system
  }
  return tookUs / runs
}
