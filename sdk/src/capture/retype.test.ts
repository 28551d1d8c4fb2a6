import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PageTime } from '../time'
import { createRetype } from './retype'

const at = (ms: number) => ms as PageTime
const minutes = (count: number) => at(count * 60_000)
const issue = 'My parcel arrived broken and the handle is missing'

describe('how much of a text was there before', () => {
  test('the first text has nothing to be compared with', () => {
    expect(createRetype(7).commit(issue, at(0))).toEqual({ words: 5, overlap: 0 })
  })

  test('the same again is all of it, in any case and order', () => {
    const { commit } = createRetype(7)
    commit(issue, at(0))
    const again = 'MISSING handle! Broken, arrived... parcel; and: the is'
    expect(commit(again, at(1000))).toEqual({ words: 5, overlap: 1 })
  })

  test('told in other words it is the share of words it has in common', () => {
    const { commit } = createRetype(7)
    commit('handle missing parcel broken', at(0))
    expect(commit('handle missing please refund', at(1000))).toEqual({ words: 4, overlap: 0.5 })
    expect(commit('completely different matter today', at(2000))).toEqual({ words: 4, overlap: 0 })
  })

  test('one earlier text must hold them: two that hold half each make no whole', () => {
    const { commit } = createRetype(7)
    commit('handle missing', at(0))
    commit('parcel broken', at(1000))
    expect(commit('handle missing parcel broken', at(2000)).overlap).toBe(0.5)
  })

  test('words of less than four letters say nothing, repeated ones count once', () => {
    const { commit } = createRetype(7)
    expect(commit('it is not ok at all', at(0))).toEqual({ words: 0, overlap: 0 })
    expect(commit('it is not ok at all', at(1))).toEqual({ words: 0, overlap: 0 })
    expect(commit('refund refund Refund REFUND', at(2)).words).toBe(1)
    expect(commit('', at(3))).toEqual({ words: 0, overlap: 0 })
  })

  test('any script has words', () => {
    const { commit } = createRetype(7)
    commit('Größenänderung für Straßenschuhe', at(0))
    expect(commit('größenänderung straßenschuhe', at(1))).toEqual({ words: 2, overlap: 1 })
    expect(commit('посылка пришла сломанной', at(2)).words).toBe(3)
  })

  test('of a very long text the first 4,000 characters are read', () => {
    const { words } = createRetype(7).commit(
      Array.from({ length: 5000 }, (_, i) => `word${i}`).join(' '),
      at(0),
    )
    expect(words).toBeLessThan(600)
    expect(words).toBeGreaterThan(400)
  })
})

describe('how long it is kept', () => {
  test('10 minutes', () => {
    const after = (time: PageTime) => {
      const { commit } = createRetype(7)
      commit(issue, at(0))
      return commit(issue, time).overlap
    }
    expect(after(minutes(10))).toBe(1)
    expect(after(at(10 * 60_000 + 1))).toBe(0)
  })

  test('until the page is left: `forget`', () => {
    const { commit, forget } = createRetype(7)
    commit(issue, at(0))
    forget()
    expect(commit(issue, at(1)).overlap).toBe(0)
  })
})

test('the answer does not hang on the key, and holds no text', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.string(), fc.string(), (key, one, two) => {
      const { commit } = createRetype(key)
      commit(one, at(0))
      const { words, overlap } = commit(two, at(1))
      expect(overlap).toBeGreaterThanOrEqual(0)
      expect(overlap).toBeLessThanOrEqual(1)
      expect(Number.isInteger(words)).toBe(true)
      const other = createRetype(key ^ 0x5bd1e995)
      other.commit(one, at(0))
      expect(other.commit(two, at(1))).toEqual({ words, overlap })
    }),
  )
})
