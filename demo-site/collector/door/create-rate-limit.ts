/**
 * A token bucket for each name: `perSecond` requests in the long run, `burst` of them at once. A bucket that has filled
 * up again says nothing and is forgotten, so that names cost memory only while they are busy.
 */
export interface RateLimit {
  /** Seconds until the next request is welcome, in whole ones as `Retry-After` wants; 0 lets this one in. */
  take(name: string): number
}

export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

interface Bucket {
  tokens: number
  at: number
}

/** Names remembered at once: some megabytes. Beyond it those that were quiet for longest are let off. */
const mostBuckets = 50_000

export const createRateLimit = ({ perSecond, burst }: Rate, now: () => number = Date.now): RateLimit => {
  if (perSecond === Infinity) return { take: () => 0 }
  // In the order of their last request: the first is the one that was quiet for longest.
  const buckets = new Map<string, Bucket>()

  const forget = (at: number): void => {
    for (const [name, bucket] of buckets) {
      const full = bucket.tokens + ((at - bucket.at) / 1000) * perSecond >= burst
      if (!full && buckets.size <= mostBuckets) return
      buckets.delete(name)
    }
  }

  return {
    take: (name) => {
      const at = now()
      const known = buckets.get(name)
      // A wall clock that was set back refills nothing, and takes nothing away.
      const passed = Math.max(0, at - (known?.at ?? at)) / 1000
      const tokens = Math.min(burst, (known?.tokens ?? burst) + passed * perSecond)
      const allowed = tokens >= 1
      buckets.delete(name)
      buckets.set(name, { tokens: allowed ? tokens - 1 : tokens, at })
      forget(at)
      return allowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond))
    },
  }
}
