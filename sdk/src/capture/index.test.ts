import { expect, test } from 'vitest'
import { createFakeBrowser } from '../../test/fake-platform'
import type { Signal } from '../terms'
import type { PageTime } from '../time'
import { capture } from '.'

const at = (ms: number) => ms as PageTime

test('what is stored is told first, once, and goes on being told after a source has failed over it', () => {
  const platform = createFakeBrowser().page()
  const told: Signal['kind'][] = []
  const trouble = { now: false }
  const { drain } = capture({
    platform,
    page: () => ({ type: 'other', path: '/' }),
    settings: {},
    own: [],
    sources: {
      late: () => ({
        drain() {
          if (trouble.now) throw Error('no')
        },
      }),
    },
    hear: ({ kind }) => void told.push(kind),
  })
  const moves = () =>
    platform.fire('pointermove', { pointerType: 'mouse', buttons: 0, clientX: 1, clientY: 1 })

  moves()
  trouble.now = true
  expect(() => drain(at(10))).toThrow('no')
  trouble.now = false
  told.splice(0)
  moves()
  platform.hide()
  expect(told).toEqual(['pointer', 'visibility'])
})
