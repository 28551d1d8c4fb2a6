import type { FieldChange, FieldRef } from '../terms'
import type { PageTime } from '../time'
import { isTextField, type Field } from './elements'
import type { CaptureKit, Source } from './source'

/** Focus this soon after the hand's last input was the shopper's doing. */
const handMs = 300

interface Known {
  /** Length before the change that is under way. */
  length: number
  composing: boolean
}

/**
 * Fields: how their length changes, never what stands in them. While an input method composes nothing is
 * sampled; the composed text counts once, when it ends (Android keyboards compose every Latin word).
 */
export function field(kit: CaptureKit): Source {
  const { elements, emit, lastInput } = kit
  const fields = new WeakMap<Element, Known>()

  const known = (element: Field): Known => {
    const entry = fields.get(element) ?? { length: 0, composing: false }
    fields.set(element, entry)
    return entry
  }
  /** Of a sensitive field not even the length is read. */
  const lengthOf = (element: Field, ref: FieldRef) => (ref.sensitive ? 0 : element.value.length)

  /** Calls `act` for a text field that may be looked at. */
  const withField = (
    element: EventTarget | null,
    act: (field: { element: Field; ref: FieldRef; entry: Known; length: number }) => void,
  ) => {
    const ref = isTextField(element) ? elements.field(element) : null
    if (ref && isTextField(element))
      act({ element, ref, entry: known(element), length: lengthOf(element, ref) })
  }

  /** Remembers the length before a change: what a script did to the field since then was not the shopper. */
  const before = (event: Event) =>
    withField(event.target, ({ entry, length }) => {
      if (!entry.composing) entry.length = length
    })

  const changed = (event: Event, type: string, at: PageTime, heardAt: PageTime) =>
    withField(event.target, ({ ref, entry, length }) => {
      if (entry.composing) return
      const grown = length - entry.length
      entry.length = length
      const change: FieldChange = /^insert(Text|Line|Para|Comp)/.test(type)
        ? 'insert'
        : /^delete/.test(type)
          ? 'delete'
          : 'other'
      // Typing over a selection is erase plus grow: the event says how much came, the lengths how much went.
      const came = ref.sensitive || change !== 'insert' ? undefined : (event as InputEvent).data?.length
      const inserted = Math.max(came ?? 0, grown, 0)
      const told = { length, inserted, erased: inserted - grown, change, byShopper: true }
      emit({ kind: 'field', at, action: 'input', field: ref, ...told }, heardAt)
    })

  const visited = (
    event: Event,
    action: 'focus' | 'blur',
    byShopper: boolean,
    at: PageTime,
    heardAt: PageTime,
  ) =>
    withField(event.target, ({ ref, length }) => {
      const told = { length, inserted: 0, erased: 0, change: 'other', byShopper } as const
      emit({ kind: 'field', at, action, field: ref, ...told }, heardAt)
    })

  const form = (
    target: EventTarget | null,
    action: 'submit' | 'invalid',
    at: PageTime,
    heardAt: PageTime,
  ) => {
    const ref = target instanceof HTMLFormElement && elements.target(target)
    if (!ref) return
    const hadErrors = !!target.querySelector('[aria-invalid=true]')
    emit({ kind: 'form', at, form: ref.id, ignore: ref.ignore, action, hadErrors }, heardAt)
  }

  return {
    on: {
      focusin: (event, at, heardAt) =>
        visited(event, 'focus', at - (lastInput() ?? -Infinity) < handMs, at, heardAt),
      focusout: (event, at, heardAt) => visited(event, 'blur', true, at, heardAt),
      beforeinput: before,
      compositionstart(event) {
        before(event)
        withField(event.target, ({ entry }) => (entry.composing = true))
      },
      compositionend(event, at, heardAt) {
        withField(event.target, ({ entry }) => (entry.composing = false))
        changed(event, 'insertCompositionText', at, heardAt)
      },
      input: (event, at, heardAt) => changed(event, event.inputType ?? '', at, heardAt),
      invalid: (event, at, heardAt) => form((event.target as Field).form, 'invalid', at, heardAt),
      submit: (event, at, heardAt) => form(event.target, 'submit', at, heardAt),
    },
  }
}
