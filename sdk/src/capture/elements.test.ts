import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeInput, fakeFields } from '../../test/fake-fields'
import { createElements, type Field } from './elements'

beforeEach(fakeFields)
afterEach(() => vi.unstubAllGlobals())

/** A form whose fields are told by their types; they may stand anywhere in the page. */
const minor = (types: readonly string[], isSearch = false) => {
  const elements = types.map((type) => ({
    matches: () => /^(text|email|select|checkbox)$/.test(type),
  }))
  // Iterated it gives what belongs to it; nothing of that stands within it.
  const form = Object.assign(elements, { querySelectorAll: () => [], matches: () => isSearch })
  const field = Object.assign(new FakeInput(), { form }) as unknown as Field
  return createElements().field(field)!.minor
}

test('a form of one field, or a search, is nothing to abandon', () => {
  expect(minor(['email', 'submit'])).toBe(true)
  expect(minor(['hidden', 'email', 'button'])).toBe(true)
  expect(minor(['text', 'select'], true)).toBe(true)
})

test('one of two is, also where they are tied to it from elsewhere', () => {
  expect(minor(['text', 'email', 'submit'])).toBe(false)
})

test('a field of no form', () => {
  expect(createElements().field(new FakeInput() as unknown as Field)).toMatchObject({ form: 0, minor: true })
})

test('the way back from an identity, as long as the element is in the page', () => {
  const elements = createElements()
  const field = Object.assign(new FakeInput(), { isConnected: true }) as unknown as Field
  const { id } = elements.field(field)!
  expect(elements.element(id)).toBe(field)
  expect(elements.element(id + 1)).toBeUndefined()
  expect(elements.element(undefined)).toBeUndefined()
  Object.assign(field, { isConnected: false })
  expect(elements.element(id)).toBeUndefined()
})

test('of those told of long ago none is kept', () => {
  const elements = createElements()
  const all = Array.from({ length: 150 }, () => ({ isConnected: true }) as Element)
  const ids = all.map((element) => elements.id(element))
  expect(elements.element(ids[0])).toBeUndefined()
  expect(elements.element(ids[149])).toBe(all[149])
  expect(elements.id(all[0]!)).toBe(ids[0])
  expect(elements.element(ids[0])).toBe(all[0])
})
