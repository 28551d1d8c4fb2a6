import { expect, expectTypeOf, test } from 'vitest'
import type { Signal } from '../src/terms'
import { signal, type TraceSignal } from './trace'

/** Without brands and `readonly`, as JSON has it. */
type Plain<Value> = Value extends number
  ? number
  : Value extends object
    ? { -readonly [Key in keyof Value]: Plain<Value[Key]> }
    : Value
type Line<One> = One extends { at: number } ? One & { heardAt: number } : never
/** Made one flat object, so that two of them can be compared. */
type Flat<Value> = Value extends object ? { [Key in keyof Value]: Flat<Value[Key]> } : Value

test('a line is a signal with the time it was heard at, and nothing else', () => {
  expectTypeOf<Flat<Plain<TraceSignal>>>().toEqualTypeOf<Flat<Line<Plain<Signal>>>>()
})

test('every kind of signal has its line', () => {
  const kinds = signal.options.map(({ shape }) => shape.kind.value)
  expectTypeOf<(typeof kinds)[number]>().toEqualTypeOf<Signal['kind']>()
  expect(new Set(kinds).size).toBe(kinds.length)
})

test('what a signal does not name is not taken along', () => {
  const typed = { kind: 'wheel', at: 5, heardAt: 6, text: 'a secret' }
  expect(signal.parse(typed)).toEqual({ kind: 'wheel', at: 5, heardAt: 6 })
})
