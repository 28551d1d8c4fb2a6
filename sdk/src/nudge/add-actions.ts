import type { Clock, Stop } from '../time'
import type { ActionEnd } from './action'
import type { Add } from './fill-nudge'
import type { Mounting, SurfaceKit } from './surface'
import { setText } from './text'

/** The buttons of a nudge, and the line below them that tells what came of a press. @returns ends all it listens to */
export function addActions(element: HTMLElement, mounting: Mounting, kit: SurfaceKit, add: Add): Stop {
  const { spec, copy, used } = mounting
  const stops: Stop[] = []
  const there = (spec.actions ?? []).flatMap((action, index) => {
    const act = kit.action(action.do)
    return act && act.available?.(action, kit) !== false ? { action, index, act } : []
  })
  if (!there.length) return () => {}
  const state = { over: false }
  // What an action waits for ends with the nudge.
  const clock: Clock = {
    ...kit.clock,
    after(delay, run) {
      if (state.over) return () => {}
      const stop = kit.clock.after(delay, run)
      stops.push(stop)
      return stop
    },
  }
  const actions = add(element, 'div', 'actions')
  // There before it says anything: a screen reader tells only what changes in a region it knows.
  const result = add(element, 'p', 'result')
  result.setAttribute('aria-live', 'polite')
  const tell = (text: string) => {
    result.textContent = ''
    setText(result, text, kit.largestPaintOpen())
    return result
  }

  for (const { action, index, act } of there) {
    const texts = copy.actions[index]!
    const href = act.href?.(action)
    const control = add(actions, href ? 'a' : 'button', 'action', texts.label)
    if (control instanceof HTMLAnchorElement) control.href = href ?? ''
    else control.type = 'button'
    const busy = (now: boolean) => {
      // Not `disabled`: it would take the focus away from who pressed it by keyboard.
      control.ariaDisabled = now ? 'true' : null
      control.ariaBusy = now ? 'true' : null
    }
    const finish = (end: ActionEnd) => {
      busy(false)
      if (end && !state.over) used(end, index)
    }
    const failed = (error: unknown) => {
      busy(false)
      control.ariaDisabled = 'true'
      if (texts.failed) tell(texts.failed)
      throw error
    }
    const run = (): unknown => {
      try {
        const end = act.run({ ...kit, clock, spec: action, texts, control, mounting, tell })
        if (!(end instanceof Promise)) return finish(end)
        busy(true)
        return end.then(finish, failed)
      } catch (error) {
        return failed(error)
      }
    }
    const guarded = kit.guard(`action/${action.do}`, run, true)
    stops.push(kit.listen(control, 'click', () => void (control.ariaDisabled || guarded())))
  }
  return () => {
    state.over = true
    stops.forEach((stop) => stop())
  }
}
