import { usageFault } from './command'

/** `--now 2026-12-01T00:00:00Z` as epoch ms; this instant, where it is not given. */
export function readNow(given: string | undefined): number {
  const now = given === undefined ? Date.now() : Date.parse(given)
  if (Number.isNaN(now)) throw usageFault(`--now: wanted a date, found ${given}`)
  return now
}
