import type { PageTime, Stop } from '../time'
import { isOwn } from './own'
import type { CaptureKit, Source } from './source'

/** When the form is looked for after the network has answered, ms: frames later a page may have redrawn itself. */
const looks = [0, 100, 400, 1500]
const byScript = /^(fetch|xmlhttprequest)$/

/**
 * A form that a script sends makes no `submit` that could be trusted as the end of it: it is done when the network has
 * answered a request that began after the form was last changed, and the form has left the page or is not shown any more.
 */
export function formGone(kit: CaptureKit): Source {
  const { clock, elements, emit, guard } = kit
  const isOurs = isOwn(kit)
  const state = { form: null as HTMLFormElement | null, changedAt: Infinity }
  const timers: Stop[] = []
  const clear = () => timers.splice(0).forEach((stop) => stop())

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
        ({ initiatorType, startTime, name }) =>
          byScript.test(initiatorType) && startTime >= state.changedAt && !isOurs(name),
      )
      if (!state.form || !answered) return
      clear()
      timers.push(...looks.map((delay) => clock.after(delay, look)))
    }),
  )
  observer.observe({ type: 'resource' })

  return {
    stop() {
      observer.disconnect()
      clear()
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
