import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { FakeInput, fakeFields } from '../../test/fake-fields'
import type { Signal } from '../terms'
import type { PageTime } from '../time'
import { createElements } from './elements'
import { field } from './field'
import type { CaptureEvents, CaptureKit, On } from './source'

beforeEach(fakeFields)
afterEach(() => vi.unstubAllGlobals())

/** One field, and what capture tells of it. `does` is one event of the browser. */
function watching(element = new FakeInput(), lastInput?: number) {
  const told: Signal[] = []
  const time = { now: 0 }
  const { on } = field({
    elements: createElements(),
    emit: (signal) => told.push(signal),
    lastInput: () => lastInput as PageTime | undefined,
  } as Partial<CaptureKit> as CaptureKit)
  const does = (type: keyof CaptureEvents, event: object = {}) => {
    time.now += 10
    const hear = on?.[type] as On | undefined
    hear?.({ target: element, ...event } as unknown as Event, time.now as PageTime, time.now as PageTime)
  }
  return {
    element,
    does,
    /** The browser changes the text: `beforeinput`, the change, `input`. */
    changes(value: string, inputType: string, data: string | null = null) {
      does('beforeinput', { inputType, data })
      element.value = value
      does('input', { inputType, data })
    },
    told: () =>
      told.map((it) =>
        it.kind === 'field' ? [it.action, it.change, it.length, it.inserted, it.erased] : it,
      ),
    signals: told,
  }
}

describe('how a text changes', () => {
  test('a key, a backspace, typing over a selection: what came and what went', () => {
    const it = watching()
    it.changes('a', 'insertText', 'a')
    it.changes('ab', 'insertText', 'b')
    it.changes('a', 'deleteContentBackward')
    it.changes('abcdef', 'insertFromPaste')
    it.changes('x', 'insertText', 'x')
    expect(it.told()).toEqual([
      ['input', 'insert', 1, 1, 0],
      ['input', 'insert', 2, 1, 0],
      ['input', 'delete', 1, 0, 1],
      ['input', 'other', 6, 5, 0],
      ['input', 'insert', 1, 1, 6],
    ])
  })

  test.each(['insertFromPaste', 'insertReplacementText', 'historyUndo', 'historyRedo', 'insertFromDrop', ''])(
    'nobody typed it: %s',
    (inputType) => {
      const it = watching()
      it.changes('filled in', inputType)
      expect(it.told()).toEqual([['input', 'other', 9, 9, 0]])
    },
  )

  test('what the page does to the text between two keys is not the shopper\u2019s', () => {
    const it = watching()
    it.changes('hello', 'insertText', 'hello')
    it.element.value = ''
    it.changes('a', 'insertText', 'a')
    expect(it.told().at(-1)).toEqual(['input', 'insert', 1, 1, 0])
  })
})

describe('an input method', () => {
  test('is not looked at while it composes; what it composed counts once, when it ends', () => {
    const it = watching()
    it.does('compositionstart')
    it.changes('h', 'insertCompositionText', 'h')
    it.changes('he', 'insertCompositionText', 'he')
    it.changes('hel', 'insertCompositionText', 'hel')
    expect(it.told()).toEqual([])
    it.does('compositionend', { data: 'hel' })
    expect(it.told()).toEqual([['input', 'insert', 3, 3, 0]])
  })

  test('a composed deletion (Android) is an erase', () => {
    const it = watching()
    it.changes('hello', 'insertText', 'hello')
    it.does('compositionstart')
    it.changes('he', 'deleteContentBackward')
    it.does('compositionend', { data: '' })
    expect(it.told().at(-1)).toEqual(['input', 'insert', 2, 0, 3])
  })

  test('the next key is looked at again', () => {
    const it = watching()
    it.does('compositionstart')
    it.does('compositionend', { data: '' })
    it.changes('a', 'insertText', 'a')
    expect(it.told().at(-1)).toEqual(['input', 'insert', 1, 1, 0])
  })
})

describe('what is never looked at', () => {
  test.each<[string, Partial<FakeInput>]>([
    ['a password', { type: 'password' }],
    ['an e-mail address', { type: 'email' }],
    ['a card', { autocomplete: 'cc-number' }],
    ['a card, in a section', { autocomplete: 'section-a billing cc-csc' }],
    ['a one-time code', { autocomplete: 'one-time-code' }],
    ['a new password in a text field', { autocomplete: 'new-password' }],
  ])('of %s not even the length', (_name, over) => {
    const it = watching(Object.assign(new FakeInput(), over))
    it.changes('secret', 'insertText', 'secret')
    it.does('focusin')
    expect(it.told()).toEqual([
      ['input', 'insert', 0, 0, 0],
      ['focus', 'other', 0, 0, 0],
    ])
  })

  test('a checkbox is no text', () => {
    const it = watching(Object.assign(new FakeInput(), { type: 'checkbox' }))
    it.changes('on', '')
    it.does('focusin')
    expect(it.told()).toEqual([])
  })

  test('the text is in no signal', () => {
    const it = watching()
    it.changes('hunter2 is my secret', 'insertText', 'hunter2 is my secret')
    expect(JSON.stringify(it.signals)).not.toMatch(/hunter|secret/)
  })
})

test('focus within 300 ms of the hand is the shopper\u2019s, else the page\u2019s', () => {
  const byShopper = (lastInput?: number) => {
    const it = watching(new FakeInput(), lastInput)
    it.does('focusin')
    return it.signals.map((signal) => signal.kind === 'field' && signal.byShopper)[0]
  }
  expect(byShopper(-289)).toBe(true)
  expect(byShopper(-290)).toBe(false)
  expect(byShopper()).toBe(false)
})

test('a form that a moment is to be kept off says so when it is sent', () => {
  vi.stubGlobal('HTMLFormElement', FakeInput)
  const form = Object.assign(new FakeInput(), {
    closest: (selector: string) =>
      selector === '[data-splitsecond-ignore]' ? { getAttribute: () => 'rage-typing hesitation' } : null,
    querySelector: () => null,
  })
  const it = watching()
  it.does('submit', { target: form })
  expect(it.signals).toMatchObject([{ kind: 'form', ignore: ['rage-typing', 'hesitation'] }])
})
