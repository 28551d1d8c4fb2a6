import { vi } from 'vitest'

/** As much of a text field as capture looks at; `value` is what a test gives it. */
export class FakeInput {
  value = ''
  type = 'text'
  autocomplete = ''
  form = null
  closest = () => null
  getAttribute = () => null
}

/** Puts the few DOM classes in place that capture asks `instanceof`; `vi.unstubAllGlobals()` takes them away. */
export function fakeFields() {
  vi.stubGlobal('Element', FakeInput)
  vi.stubGlobal('HTMLInputElement', FakeInput)
  vi.stubGlobal('HTMLTextAreaElement', function none() {})
  vi.stubGlobal('HTMLFormElement', function none() {})
}
