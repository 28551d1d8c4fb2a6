import type { Expects, FieldRef, TargetRef } from '../src/terms'
import type { MutationData, RrwebNode } from './rrweb-events'

interface Element {
  readonly id: number
  readonly tag: string
  readonly attributes: Record<string, unknown>
  readonly parent: number
}

const textTypes = /^(text|search|tel|url|email|password)$/
const anyButton = /^(pricing|cart|checkout)$/

/**
 * The recorded document, as far as references to its elements need it: tags, attributes and who holds whom. Answers
 * about an element what capture would have answered in the page (`sdk/src/capture/elements.ts`, `decisions.ts`); its
 * text is never looked at.
 */
export function createRrwebDocument() {
  const elements = new Map<number, Element>()

  const add = (node: RrwebNode, parent: number) => {
    const { id, tagName = '', attributes = {} } = node
    elements.set(id, { id, tag: tagName.toLowerCase(), attributes: { ...attributes }, parent })
    for (const child of node.childNodes ?? []) add(child, id)
  }
  const text = (element: Element | undefined, name: string) => {
    const value = element?.attributes[name]
    return typeof value === 'string' ? value : value === true ? '' : undefined
  }
  /** The element itself and all that hold it, from the inside out. */
  const chain = (id: number) => {
    const found: Element[] = []
    for (let at = elements.get(id); at && found.length < 500; at = elements.get(at.parent)) found.push(at)
    return found
  }
  const closest = (id: number, test: (element: Element) => boolean) => chain(id).find(test)
  const formOf = (id: number) => closest(id, ({ tag }) => tag === 'form')?.id ?? 0

  const isButton = (it: Element) =>
    it.tag === 'button' ||
    text(it, 'role') === 'button' ||
    (it.tag === 'input' && text(it, 'type') === 'submit')
  const isSubmit = (it: Element) =>
    /^(button|input)$/.test(it.tag) &&
    (text(it, 'type') === 'submit' ||
      (it.tag === 'button' && text(it, 'type') === undefined && formOf(it.id) > 0))
  const isDecision = (it: Element, pageType: string) =>
    isSubmit(it) ||
    text(it, 'data-cta') !== undefined ||
    /^(price|shipping)$/.test(text(it, 'data-splitsecond-role') ?? '') ||
    (anyButton.test(pageType) && (it.tag === 'button' || text(it, 'role') === 'button'))
  const isTextField = (it: Element | undefined) =>
    it?.tag === 'textarea' || (it?.tag === 'input' && textTypes.test(text(it, 'type') ?? 'text'))
  const isSensitive = (it: Element) =>
    /^(password|email)$/.test(text(it, 'type') ?? '') ||
    /(^|\s)(cc-|one-time-code|email|\S*-password)/.test(text(it, 'autocomplete') ?? '')
  const isMinor = (form: number) =>
    form === 0 ||
    text(elements.get(form), 'role') === 'search' ||
    [...elements.values()].filter(
      (it) =>
        /^(input|select|textarea)$/.test(it.tag) &&
        !/^(hidden|submit)$/.test(text(it, 'type') ?? '') &&
        formOf(it.id) === form,
    ).length < 2

  const target = (id: number): TargetRef | null => {
    const all = chain(id)
    const ignore = all.map((it) => text(it, 'data-splitsecond-ignore')).find((it) => it !== undefined)
    const ours = all.some((it) => text(it, 'data-splitsecond-stage') !== undefined)
    const [own] = all
    if (!own || ours || ignore === '') return null
    const role = all.some(isButton)
      ? 'button'
      : all.some((it) => it.tag === 'a' && text(it, 'href') !== undefined)
        ? 'link'
        : all.some(({ tag }) => /^(input|textarea|select)$/.test(tag))
          ? 'field'
          : 'other'
    return {
      id,
      role: text(own, 'data-splitsecond-role') ?? role,
      ...(ignore ? { ignore: ignore.split(/\s+/) } : {}),
    }
  }

  return {
    target,
    load(root: RrwebNode) {
      elements.clear()
      add(root, 0)
    },
    mutate({ adds = [], removes = [], attributes = [] }: MutationData) {
      for (const { id } of removes) elements.delete(id)
      for (const { node, parentId } of adds) add(node, parentId)
      for (const { id, attributes: more } of attributes)
        Object.assign(elements.get(id)?.attributes ?? {}, more)
    },
    field(id: number): FieldRef | null {
      const element = elements.get(id)
      const ref = element && isTextField(element) ? target(id) : null
      const form = formOf(id)
      return ref && { ...ref, form, sensitive: isSensitive(element!), minor: isMinor(form) }
    },
    /** The decision element that holds this one. */
    decision(id: number, pageType: string): TargetRef | null {
      const found = closest(id, (it) => isDecision(it, pageType))
      return found ? target(found.id) : null
    },
    expects(id: number): Expects {
      const found = closest(
        id,
        (it) =>
          isButton(it) ||
          /^(a|input|select|textarea|summary|label|video|audio|canvas|option)$/.test(it.tag) ||
          /^(link|tab|menuitem|switch|checkbox|radio|option)$/.test(text(it, 'role') ?? ''),
      )
      if (!found || isTextField(found) || /^(select|option|video|audio|canvas)$/.test(found.tag))
        return 'nothing'
      const elsewhere =
        text(found, 'target') === '_blank' ||
        text(found, 'download') !== undefined ||
        /^(tel|mailto):/.test(text(found, 'href') ?? '') ||
        text(found, 'type') === 'file'
      return elsewhere ? 'elsewhere' : 'change'
    },
    /** The form that a press here sends, and whether it shows errors; a recording has no submits of its own. */
    submits(id: number): { form: number; hadErrors: boolean } | null {
      const button = closest(id, isSubmit)
      const form = button ? formOf(button.id) : 0
      if (!form) return null
      const wrong = (it: Element) => text(it, 'aria-invalid') === 'true' && formOf(it.id) === form
      return { form, hadErrors: [...elements.values()].some(wrong) }
    },
    /** In or around the other: one holds the other, or what holds the one at once holds the other too. */
    isNear(id: number, pressed: number) {
      const around = elements.get(pressed)?.parent
      return (
        chain(id).some((it) => it.id === pressed || it.id === around) ||
        chain(pressed).some((it) => it.id === id)
      )
    },
    language: () =>
      text(
        [...elements.values()].find(({ tag }) => tag === 'html'),
        'lang',
      ),
    isRoot: (id: number) => (elements.get(id)?.tag ?? '') === '' || elements.get(id)?.tag === 'html',
  }
}

export type RrwebDocument = ReturnType<typeof createRrwebDocument>
