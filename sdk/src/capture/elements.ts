import type { FieldRef, TargetRef } from '../terms'

const ours = '[data-splitsecond-stage],[data-splitsecond-ignore=""]'

/** Our own UI, or what the page wants ignored. */
export const isOurs = (element: Element | null) => !!element?.closest(ours)

export type Field = HTMLInputElement | HTMLTextAreaElement

/** Turns elements into references that carry no text, and answers what kind of element one is. */
export interface Elements {
  /** A reference, or null for our own UI and what the page wants ignored. */
  target(element: EventTarget | null): TargetRef | null
  field(field: Field): FieldRef | null
  id(element: Element): number
  /** The way back, while the element is in the page: of the last that were told of. */
  element(id: number | undefined): Element | undefined
}

/** A moment is about what was told of just before. */
const knownMost = 100

export function createElements(): Elements {
  const ids = new WeakMap<Element, number>()
  const counter = { last: 0 }
  const known = new Map<number, WeakRef<Element>>()

  const id = (element: Element) => {
    const own = ids.get(element) ?? ++counter.last
    ids.set(element, own)
    known.delete(own)
    known.set(own, new WeakRef(element))
    if (known.size > knownMost) known.delete(known.keys().next().value!)
    return own
  }
  const target = (element: EventTarget | null): TargetRef | null => {
    if (!(element instanceof Element) || isOurs(element)) return null
    const said = (name: string) =>
      element.closest(`[data-splitsecond-${name}]`)?.getAttribute(`data-splitsecond-${name}`)
    const ignore = said('ignore')
    return {
      id: id(element),
      role: said('role') ?? roleOf(element),
      ...(ignore ? { ignore: ignore.split(/\s+/) } : {}),
    }
  }

  return {
    id,
    element(of) {
      const element = known.get(of ?? 0)?.deref()
      return element?.isConnected ? element : undefined
    },
    target,
    field(field) {
      const ref = target(field)
      const { form } = field
      return ref && { ...ref, form: form ? id(form) : 0, sensitive: isSensitive(field), minor: isMinor(form) }
    },
  }
}

const roleOf = (element: Element) =>
  element.closest('button,[role=button],input[type=submit]')
    ? 'button'
    : element.closest('a[href]')
      ? 'link'
      : element.closest('input,textarea,select')
        ? 'field'
        : 'other'

const textTypes = /^(text|search|tel|url|email|password)$/

export const isTextField = (element: EventTarget | null): element is Field =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && textTypes.test(element.type))

/** A search, or a form of one field, wherever that stands (`form=`): a newsletter, a postcode. */
const isMinor = (form: HTMLFormElement | null) =>
  !form ||
  [...form].filter((it) => it.matches('input:not([type=hidden],[type=submit]),select,textarea')).length < 2 ||
  form.matches('[role=search],[role=search] *')

/** Fields of which not even the length is read: what stands in them is nobody's business. */
export const isSensitive = (field: Field) =>
  /^(password|email)$/.test(field.type) ||
  /(^|\s)(cc-|one-time-code|email|\S*-password)/.test(field.autocomplete)
