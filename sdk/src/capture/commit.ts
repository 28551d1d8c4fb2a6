import type { PageTime } from '../time'
import { isSensitive, isTextField } from './elements'
import { createRetype } from './retype'
import type { CaptureKit, Source } from './source'

/** A text shorter than this, left without a submit, says too little to be "the same again". */
export const commitMin = 20

/**
 * A text is finished: its form is submitted, or the field is left. Tells how much of it this page has heard before,
 * and nothing else of it.
 */
export function commit({ elements, emit, retypeKey }: CaptureKit): Source {
  /** Characters typed (not pasted or filled in) since the field's last commit. */
  const typed = new WeakMap<EventTarget, number>()
  const retype = createRetype(retypeKey)

  const finish = (element: EventTarget | null, least: number, at: PageTime, heardAt: PageTime) => {
    if (!isTextField(element) || isSensitive(element)) return
    const field = elements.field(element)
    // Half of it typed anew since the last time: editing what stands there already is not retyping it.
    if (!field || (typed.get(element) ?? 0) < Math.max(least, element.value.length / 2)) return
    typed.delete(element)
    emit({ kind: 'commit', at, field, ...retype.commit(element.value, at) }, heardAt)
  }

  return {
    stop: retype.forget,
    on: {
      input({ target, inputType, data }) {
        if (!isTextField(target) || isSensitive(target) || !/^insert(Text|Line|Para|Comp)/.test(inputType))
          return
        // While an input method composes, `data` is all of what it composes so far: count the event, not its text.
        const count = inputType === 'insertText' ? (data?.length ?? 1) : 1
        typed.set(target, (typed.get(target) ?? 0) + count)
      },
      focusout: ({ target }, at, heardAt) => finish(target, commitMin, at, heardAt),
      submit({ target }, at, heardAt) {
        if (target instanceof HTMLFormElement)
          for (const element of target.elements) finish(element, 1, at, heardAt)
      },
    },
  }
}
