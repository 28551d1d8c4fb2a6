/**
 * Runs in the page, and measures a nudge of ours and a bare `div` by the same lines: from the click's own time to
 * the first task after the frame in which the thing is to be seen.
 */
export interface Try {
  /** From the input event's own time to the first task after the frame, ms. */
  readonly ms: number
  /** Frames from the click to the one in which it was visible; 1 is the very next. */
  readonly frames: number
  /** What the click's handler took, ms: a nudge is decided on and mounted in it. */
  readonly ownMs: number
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What a click shall do: show a bare `div` in that place, or raise the moment that a surface's rule answers. */
export type Act = { readonly floor: Box } | { readonly surface: string }

export interface Probe {
  arm(act: Act): void
  /** Resolves when the thing has been seen. */
  result(): Promise<Try>
  /** Resolves when it has gone again, with what the script itself reports as `total` (the bare `div`: nothing). */
  gone(): Promise<number | undefined>
  /** Where the last thing stood. */
  box(): Box | undefined
}

interface Page {
  readonly splitsecond?: {
    moment(name: string): void
    explain(): { decision: { reason: string } }[]
  }
}

declare global {
  interface Window {
    bench: Probe
  }
}

const page = window as unknown as Page
const giveUpMs = 3000
const state: {
  act?: Act | undefined
  result?: Promise<Try>
  reported?: number | undefined
  box?: Box | undefined
} = {}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
/** The first task after the frame that is being made: a message posted from its callback. */
const afterFrame = () =>
  new Promise<number>((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      const at = performance.now()
      port1.close()
      resolve(at)
    })
    port1.start()
    port2.postMessage(null)
  })

const find = (): Element | null | undefined =>
  document.querySelector('#floor') ??
  document.querySelector('[data-splitsecond-stage]')?.shadowRoot?.querySelector('[data-rule]')

const isSeen = (element: Element) => {
  const { top, bottom, left, right, width, height } = element.getBoundingClientRect()
  const x = Math.min(right, innerWidth) - Math.max(left, 0)
  const y = Math.min(bottom, innerHeight) - Math.max(top, 0)
  const inView = width * height > 0 && x > 0 && y > 0 && (x * y) / (width * height) >= 0.5
  return inView && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
}

async function watch(timeStamp: number, ownMs: number): Promise<Try> {
  const start = performance.now()
  for (let frames = 1; performance.now() - start < giveUpMs; frames++) {
    await nextFrame()
    const element = find()
    if (!element) continue
    // Asked after the frame, when the layout is clean: asking forces nothing.
    const at = await afterFrame()
    if (!isSeen(element)) continue
    const { left, top, width, height } = element.getBoundingClientRect()
    state.box = { left, top, width, height }
    if (element.id === 'floor') element.remove()
    return { ms: at - timeStamp, frames, ownMs }
  }
  const reason = page.splitsecond?.explain()[0]?.decision.reason ?? 'no decision was made'
  throw Error(`nothing was shown within ${giveUpMs} ms (${reason})`)
}

async function gone() {
  const start = performance.now()
  while (find()) {
    if (performance.now() - start > giveUpMs) throw Error('what was shown does not go away')
    await nextFrame()
  }
  await nextFrame()
  return state.reported
}

document.addEventListener('splitsecond:nudge', (event) => {
  const { phase, splits } = (event as CustomEvent<{ phase: string; splits?: { total: number } }>).detail
  if (phase === 'shown') state.reported = splits?.total
})

addEventListener('click', ({ timeStamp }) => {
  const { act } = state
  if (!act) return
  state.act = undefined
  const start = performance.now()
  if ('surface' in act) page.splitsecond?.moment(`bench-${act.surface}`)
  else showFloor(act.floor)
  state.result = watch(timeStamp, performance.now() - start)
})

function showFloor({ left, top, width, height }: Box) {
  const div = document.createElement('div')
  div.id = 'floor'
  div.textContent = 'Still thinking? Your basket is kept, and returns are free for 30 days.'
  div.style.cssText = `position:fixed;left:${left}px;top:${top}px;width:${width}px;height:${height}px;background:#fff`
  document.body.append(div)
}

window.bench = {
  arm(act) {
    state.act = act
    state.reported = undefined
  },
  result: () => state.result ?? Promise.reject(Error('the click did not reach the page')),
  gone,
  box: () => state.box,
}
