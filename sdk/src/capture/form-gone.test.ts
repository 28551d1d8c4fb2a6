import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFakeClock } from '../../test/fake-clock'
import type { Signal } from '../terms'
import type { PageTime } from '../time'
import { formGone } from './form-gone'
import type { CaptureKit, On } from './source'

const shop = 'https://shop.example'
interface Answer {
  readonly by?: string
  readonly name?: string
}
const net: { answers?: (startTime: number, answer?: Answer) => void; watching: boolean } = {
  watching: false,
}
beforeEach(() => {
  vi.stubGlobal('document', { baseURI: shop })
  vi.stubGlobal('PerformanceObserver', function observer(hear: (list: object) => void) {
    net.answers = (startTime, { by = 'fetch', name = `${shop}/api/quote` } = {}) =>
      hear({ getEntries: () => [{ startTime, initiatorType: by, name }] })
    return {
      observe: () => (net.watching = true),
      disconnect: () => (net.watching = false),
    }
  })
})
afterEach(() => vi.unstubAllGlobals())

const watching = () => {
  const clock = createFakeClock()
  const told: Signal[] = []
  const form = { isConnected: true, getClientRects: () => [{}] as object[] }
  const source = formGone({
    clock,
    guard: (_part: string, run: unknown) => run,
    elements: { id: () => 7 },
    emit: (signal: Signal) => told.push(signal),
    own: ['/v1/events', undefined],
  } as unknown as CaptureKit)
  return {
    clock,
    form,
    told,
    source,
    /** The shopper changes a field of the form. */
    changes(ms: number) {
      clock.to(ms)
      const { input } = source.on as { input: On }
      input({ target: { form } } as unknown as Event, ms as PageTime, ms as PageTime)
    },
  }
}

test('the network answered, and the form left the page', () => {
  const it = watching()
  it.changes(1000)
  it.clock.to(3000)
  net.answers!(2000)
  it.clock.to(3050)
  it.form.isConnected = false
  it.clock.to(9000)
  expect(it.told).toEqual([{ kind: 'form', at: 3100, form: 7, action: 'gone', hadErrors: false }])
})

test('or is shown no more', () => {
  const it = watching()
  it.changes(1000)
  it.form.getClientRects = () => []
  net.answers!(2000, { by: 'xmlhttprequest' })
  it.clock.to(9000)
  expect(it.told).toMatchObject([{ action: 'gone' }])
})

test('not: it stays; the request began before the last change; an image; our own; nobody has changed it', () => {
  const it = watching()
  it.form.isConnected = false
  net.answers!(2000)
  it.form.isConnected = true
  it.changes(3000)
  net.answers!(3100)
  it.clock.to(9000)
  it.form.isConnected = false
  net.answers!(2900)
  net.answers!(3500, { by: 'img' })
  net.answers!(3500, { name: `${shop}/v1/events?key=k` })
  it.clock.to(20_000)
  expect(it.told).toEqual([])
})

test('an answer that comes while the last one is waited for begins the wait anew, and no second one', () => {
  const it = watching()
  it.changes(1000)
  for (const at of [2000, 2050, 2300]) {
    it.clock.to(at)
    net.answers!(at)
    it.clock.to(at + 10)
    expect(it.clock.pending()).toBe(3)
  }
  it.form.isConnected = false
  it.clock.to(9000)
  expect(it.told).toMatchObject([{ at: 2400, action: 'gone' }])
})

test('when it stops nothing waits and nobody watches', () => {
  const it = watching()
  it.changes(1000)
  net.answers!(2000)
  it.source.stop?.()
  expect(it.clock.pending()).toBe(0)
  expect(net.watching).toBe(false)
})
