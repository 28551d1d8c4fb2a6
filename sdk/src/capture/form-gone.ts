import type { PageTime } from '../time'
import type { CaptureKit, Source } from './source'

/** When the form is looked for after the network has answered, ms: frames later a page may have redrawn itself. */
const looks = [0, 100, 400, 1500]
const byScript = /^(fetch|xmlhttprequest)$/

/**
 * A form that a script sends makes no `submit` that could be trusted as the end of it: it is done when the network has
 * answered a request that began after the form was last changed, and the form has left the page or is not shown any more.
 */
export function formGone({ clock, elements, emit, guard }: CaptureKit): Source {
  const state = { form: null as HTMLFormElement | null, changedAt: Infinity }
  const timers = new Set<() => void>()

  const look = () => {
    const { form } = state
    if (!form || (form.isConnected && form.getClientRects().length > 0)) return
    state.form = null
    const at = clock.now()
    emit({ kind: 'form', at, form: elements.id(form), action: 'gone', hadErrors: false }, at)
  }
  const observer = new PerformanceObserver(
    guard('capture/formGone', (list: PerformanceObserverEntryList) => {
      const answers = list.getEntries() as PerformanceResourceTiming[]
      const answered = answers.some(
        ({ initiatorType, startTime }) => byScript.test(initiatorType) && startTime >= state.changedAt,
      )
      if (!state.form || !answered) return
      for (const delay of looks) {
        const stop = clock.after(delay, () => {
          timers.delete(stop)
          look()
        })
        timers.add(stop)
      }
    }),
  )
  observer.observe({ type: 'resource' })

  return {
    stop() {
      observer.disconnect()
      for (const stop of timers) stop()
      timers.clear()
    },
    on: {
      input({ target }, at: PageTime) {
        const form = (target as HTMLInputElement | null)?.form
        if (!form) return
        state.form = form
        state.changedAt = at
      },
    },
  }
}
