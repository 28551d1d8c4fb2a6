import { commitMin } from '../src/capture/commit'
import { createRetype } from '../src/capture/retype'
import type { FieldChange, FieldRef, TargetRef } from '../src/terms'
import type { PageTime } from '../src/time'
import { idOf } from '../test/signals'
import type { Deed } from './deeds'
import type { Layout, Thing } from './layouts'
import type { Tell } from './simulate'

export interface FieldsOptions {
  readonly layout: () => Layout
  readonly thing: (name: string) => Thing
  readonly target: (name: string) => TargetRef
  readonly tell: Tell
  readonly pass: (ms: number) => void
  /** The shopper's hand did something. */
  readonly hand: () => void
  readonly byHand: () => boolean
  readonly now: () => PageTime
}

/** One event for each field that is refused, one after the other: a slow page takes its time for each. */
const invalidMs = 40

/** The fields and forms of a simulated page: what stands in them, which has the focus, what capture tells of it. */
export function simulateFields({ layout, thing, target, tell, pass, hand, byHand, now }: FieldsOptions) {
  const texts = new Map<string, string>()
  /** Characters typed since the field's last commit. */
  const typed = new Map<string, number>()
  const sent = new Map<string, number>()
  const state = { focused: undefined as string | undefined, selected: false }
  const retype = createRetype(1)

  const isText = (name: string) => /^(field|area)$/.test(thing(name).kind)
  const ofForm = (form: string | undefined) =>
    Object.keys(layout().things).filter(
      (name) => thing(name).form === form && /field|area|select/.test(thing(name).kind),
    )
  const formOf = (form: string | undefined) => (form ? layout().forms?.[form] : undefined)
  const ref = (name: string): FieldRef => {
    const { form, sensitive = false } = thing(name)
    const minor = !form || ofForm(form).length < 2 || !!formOf(form)?.search
    return { ...target(name), form: form ? idOf(form) : 0, sensitive, minor }
  }
  const text = (name: string) => texts.get(name) ?? ''
  const visited = (name: string, action: 'focus' | 'blur', byShopper: boolean) => {
    const field = ref(name)
    const length = field.sensitive ? 0 : text(name).length
    tell({ kind: 'field', action, field, length, inserted: 0, erased: 0, change: 'other', byShopper })
  }
  const commit = (name: string, least: number) => {
    const field = ref(name)
    if (field.sensitive || (typed.get(name) ?? 0) < Math.max(least, text(name).length / 2)) return
    typed.delete(name)
    tell({ kind: 'commit', field, ...retype.commit(text(name), now()) })
  }
  const blur = () => {
    const { focused } = state
    state.focused = undefined
    if (focused === undefined || !isText(focused)) return
    visited(focused, 'blur', true)
    commit(focused, commitMin)
  }
  const focus = (name: string) => {
    if (state.focused === name) return
    blur()
    state.focused = name
    if (isText(name)) visited(name, 'focus', byHand())
  }
  const change = (name: string, to: string, kind: FieldChange, came = 0) => {
    const field = ref(name)
    const grown = field.sensitive ? 0 : to.length - text(name).length
    const inserted = Math.max(field.sensitive || kind !== 'insert' ? 0 : came, grown, 0)
    texts.set(name, to)
    if (kind === 'insert') typed.set(name, (typed.get(name) ?? 0) + 1)
    const length = field.sensitive ? 0 : to.length
    const told = { length, inserted, erased: inserted - grown, change: kind, byShopper: true }
    tell({ kind: 'field', action: 'input', field, ...told })
  }
  const here = () => {
    if (state.focused === undefined) throw Error('typing with no field in focus')
    return state.focused
  }

  const submit = (form: string) => {
    const { refuses = 0, required = false } = formOf(form) ?? {}
    const empty = ofForm(form).filter((name) => required && isText(name) && !text(name))
    for (let left = empty.length; left > 0; left--) {
      tell({ kind: 'form', form: idOf(form), action: 'invalid', hadErrors: false })
      pass(invalidMs)
    }
    if (empty.length) return
    const before = sent.get(form) ?? 0
    sent.set(form, before + 1)
    tell({ kind: 'form', form: idOf(form), action: 'submit', hadErrors: before > 0 && before <= refuses })
    for (const name of ofForm(form)) if (isText(name)) commit(name, 1)
  }

  /** All that a keyboard does, and what fills fields without one. */
  const act = (deed: Deed): void => {
    switch (deed.do) {
      case 'tab':
        hand()
        return focus(deed.to)
      case 'scriptFocus':
        return focus(deed.to)
      case 'selectAll':
        hand()
        state.selected = true
        return
      case 'type':
        for (const letter of deed.text) {
          pass(deed.everyMs)
          hand()
          change(here(), (state.selected ? '' : text(here())) + letter, 'insert', 1)
          state.selected = false
        }
        return
      case 'erase':
        for (let left = deed.count; left > 0 && text(here()); left--) {
          pass(deed.everyMs)
          hand()
          change(here(), state.selected ? '' : text(here()).slice(0, -1), 'delete')
          state.selected = false
        }
        return
      case 'fill':
        return change(deed.field, deed.text, 'other')
      case 'clear':
        texts.set(deed.field, '')
        return
      case 'compose':
        pass(deed.ms)
        hand()
        return change(here(), text(here()) + deed.text, 'insert', deed.text.length)
      case 'recompose':
        pass(deed.ms)
        hand()
        return change(here(), deed.text, 'insert', deed.text.length)
      default:
        throw Error(`nobody does ${deed.do}`)
    }
  }

  return {
    act,
    submit,
    /** Where the focus is, if anywhere: a field, an open select, a frame. */
    focused: () => state.focused,
    /** A press moves the focus: into a field, or out of it. */
    pressed(name: string) {
      const { kind, for: labelled } = thing(name)
      if (labelled && labelled in layout().things && isText(labelled)) return focus(labelled)
      if (/field|area|select|frame/.test(kind)) return focus(name)
      blur()
    },
    /** The form was sent by script and is no longer there. */
    gone: (form: string) => tell({ kind: 'form', form: idOf(form), action: 'gone', hadErrors: false }),
    /** The page is left: its fields go with it. */
    left: blur,
    forget() {
      texts.clear()
      typed.clear()
      sent.clear()
      state.focused = undefined
    },
  }
}
