/** Asks the collector for its report again and again, while somebody is looking. */
import { useEffect, useState } from 'preact/hooks'
import type { Activity } from '../../collector/activity'
import type { Report } from '../../collector/report'

export interface Figures {
  readonly report: Report
  readonly activity: Activity
  /** Epoch ms of the answer. */
  readonly at: number
}

export interface Live {
  /** The last answer; it stays while the collector is unreachable. */
  readonly figures: Figures | null
  /** Why the last question got no answer. */
  readonly problem: string | null
}

const everyMs = 3000
/** Longer than any honest answer; a collector that hangs is as good as none. */
const patienceMs = 8000

const ask = async <Answer>(address: string, signal: AbortSignal): Promise<Answer> => {
  const response = await fetch(address, { signal })
  if (!response.ok) throw new Error(`it answered ${response.status}`)
  return (await response.json()) as Answer
}

const explain = (error: unknown): string => {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'it took too long'
  // A browser's own words for a refused connection ("Failed to fetch") tell nobody anything.
  return error instanceof Error && !(error instanceof TypeError) ? error.message : 'there is no connection'
}

/** @param span how far back to look, ms; Infinity for everything */
export const useLive = (span: number): Live => {
  const [live, setLive] = useState<Live>({ figures: null, problem: null })

  useEffect(() => {
    const stopped = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined

    const look = async (): Promise<void> => {
      const now = Date.now()
      const query = Number.isFinite(span) ? `?since=${now - span}` : ''
      const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(patienceMs)])
      try {
        const [report, activity] = await Promise.all([
          ask<Report>(`/v1/report${query}`, signal),
          ask<Activity>(`/dashboard/activity${query}`, signal),
        ])
        setLive({ figures: { report, activity, at: now }, problem: null })
      } catch (error) {
        if (stopped.signal.aborted) return
        setLive(({ figures }) => ({ figures, problem: explain(error) }))
      }
      if (!document.hidden) timer = setTimeout(() => void look(), everyMs)
    }

    const again = (): void => {
      clearTimeout(timer)
      if (!document.hidden) void look()
    }

    void look()
    document.addEventListener('visibilitychange', again)
    return () => {
      stopped.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', again)
    }
  }, [span])

  return live
}
