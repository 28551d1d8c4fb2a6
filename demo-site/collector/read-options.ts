/** What the command line asks of the collector, or what is wrong with it. */
import { parseArgs } from 'node:util'
import type { CollectorOptions } from './index'

export type CollectorFlags = Pick<CollectorOptions, 'store' | 'forward' | 'rate'>

export const usage = `
  --store clickhouse://host:port/database   keep events there instead of in a file
  --forward nats://host:port/subject        publish what is stored to JetStream
  --rate 100                                requests per second and address; 0: no limit
`

const flags = { store: { type: 'string' }, forward: { type: 'string' }, rate: { type: 'string' } } as const

const rateOf = (text: string): CollectorOptions['rate'] => {
  const perSecond = Number(text)
  if (text.trim() === '' || !Number.isFinite(perSecond) || perSecond < 0) {
    throw new Error(
      `--rate: wanted requests per second (a number, 0 for no limit), found ${JSON.stringify(text)}`,
    )
  }
  // Ten seconds' worth at once: pages come in bursts.
  return perSecond === 0
    ? { perSecond: Infinity, burst: Infinity }
    : { perSecond, burst: Math.max(1, perSecond * 10) }
}

const read = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options: flags }).values
  } catch (error) {
    const found = error instanceof Error ? (error.message.split('. ', 1)[0] ?? '') : String(error)
    throw new Error(`${found}. Known are:\n${usage}`, { cause: error })
  }
}

export const readOptions = (argv: readonly string[]): CollectorFlags => {
  const { store, forward, rate } = read(argv)
  return {
    ...(store !== undefined && { store }),
    ...(forward !== undefined && { forward }),
    ...(rate !== undefined && { rate: rateOf(rate) }),
  }
}
