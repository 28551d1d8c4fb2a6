import { bare } from '../bare'
import type { Action } from './action'
import type { Surface } from './surface'

const tell = (name: string, detail: object) =>
  document.dispatchEvent(new CustomEvent(`splitsecond:${name}`, bare({ detail })))

/** Tells the page which button was pressed (`splitsecond:action`). */
export const eventAction: Action = {
  run({ spec: { name }, mounting: { marks } }) {
    const { rule, variant, decision } = marks
    tell('action', { name, rule, variant, decision })
    return 'clicked'
  },
}

/**
 * The page draws it: `splitsecond:show` brings the texts, and `used` for what becomes of it; `splitsecond:hide` says that it is
 * over. Without pixels of ours, it counts as seen after the next frame.
 */
export const eventSurface: Surface = {
  make({ spec, copy, marks, used }) {
    const { lang, dir, title, body, actions } = copy
    const state = { revealed: false, over: false }
    const buttons = (spec.actions ?? []).map(({ do: act, href, code, name }, index) => ({
      label: actions[index]?.label,
      do: act,
      href,
      code,
      name,
    }))
    const reveal = () => {
      state.revealed = true
      const { rule, variant, decision } = marks
      tell('show', {
        rule,
        variant,
        decision,
        lang,
        dir,
        title,
        body,
        actions: buttons,
        image: spec.image && { ...spec.image, alt: copy.alt },
        used(end: unknown, action?: unknown) {
          if (state.over) return
          used(
            end === 'clicked' ? 'clicked' : 'dismissed',
            Number.isInteger(action) ? (action as number) : undefined,
          )
        },
      })
    }
    return {
      reveal,
      stop() {
        state.over = true
        const { rule, variant, decision } = marks
        if (state.revealed) tell('hide', { rule, variant, decision })
      },
    }
  },
}
