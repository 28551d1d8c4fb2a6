import type { FieldRef, TargetRef } from '../terms'

const ours = '[data-splitsecond-stage],[data-splitsecond-ignore=""]'

/**
 * Decision elements where the ruleset names none: what submits, what the page marks as a call to action, and
 * price and shipping, where doubt shows. On pages where every button is a decision, any button counts.
 */
const decisions =
  'button[type=submit],input[type=submit],form button:not([type]),[data-cta],[data-splitsecond-role=price],[data-splitsecond-role=shipping]'
const decisionPages = new Set(['pricing', 'cart', 'checkout'])

export type Field = HTMLInputElement | HTMLTextAreaElement

/** Turns elements into references that carry no text, and answers what kind of element one is. */
export interface Elements {
  /** A reference, or null for our own UI and what the page wants ignored. */
  target(element: EventTarget | null): TargetRef | null
  /** The decision element that holds this one, or null. */
  decision(element: EventTarget | null, pageType: string): Element | null
  /** All decision elements now in the document, at most 50. */
  decisions(pageType: string): Element[]
  field(field: Field): FieldRef | null
  id(element: Element): number
}

/** @param targets the option `moments.hesitation.targets`: selectors that replace the default ones. */
export function createElements(targets?: readonly string[]): Elements {
  const ids = new WeakMap<Element, number>()
  const counter = { last: 0 }

  const id = (element: Element) => {
    const known = ids.get(element)
    if (known) return known
    ids.set(element, ++counter.last)
    return counter.last
  }
  const selector = (pageType: string) =>
    targets?.join() ?? (decisionPages.has(pageType) ? `${decisions},button,[role=button]` : decisions)

  const target = (element: EventTarget | null): TargetRef | null => {
    if (!(element instanceof Element) || element.closest(ours)) return null
    const ignore = element.closest('[data-splitsecond-ignore]')?.getAttribute('data-splitsecond-ignore')
    return {
      id: id(element),
      role: element.getAttribute('data-splitsecond-role') ?? roleOf(element),
      ...(ignore ? { ignore: ignore.split(/\s+/) } : {}),
    }
  }

  return {
    id,
    target,
    decision: (element, pageType) =>
      element instanceof Element ? element.closest(selector(pageType)) : null,
    decisions: (pageType) => [...document.querySelectorAll(selector(pageType))].slice(0, 50),
    field(field) {
      const ref = target(field)
      return ref && { ...ref, form: field.form ? id(field.form) : 0, sensitive: isSensitive(field) }
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

/** Fields of which not even the length is read: what stands in them is nobody's business. */
const isSensitive = (field: Field) =>
  /^(password|email)$/.test(field.type) ||
  /(^|\s)(cc-|one-time-code|email|\S*-password)/.test(field.autocomplete)
