import { beforeEach, describe, expect, test, vi } from 'vitest'
import { parseTrace } from '../replay'
import { createRecording } from '../test/recording'
import { enter, exit, hide, moment, resize, show, wheel } from '../test/signals'

beforeEach(() => {
  vi.stubGlobal('document', { visibilityState: 'visible', documentElement: { lang: 'nl' } })
  vi.stubGlobal('navigator', { language: 'en' })
})

describe('a trace', () => {
  test('tells in its first line where and when it began', () => {
    const page = { type: 'cart', path: '/cart' }
    const { header } = parseTrace(createRecording({ page, startAt: 500 }).text())
    expect(header).toEqual({
      trace: 1,
      sdk: '0.1.0',
      startedAt: Date.parse('2026-11-22T12:00:00.500Z'),
      at: 500,
      visible: true,
      page,
      device: { class: 'desktop', touch: false },
      locale: 'nl',
      ruleset: 7,
      dropped: 0,
    })
  })

  test('has each signal with the time it was heard at, and ends when it was asked for', () => {
    const it = createRecording().hear(wheel.at(100))
    const { lines } = parseTrace(it.until(900).text())
    expect(lines.slice(2)).toEqual([
      { kind: 'wheel', at: 100, heardAt: 100 },
      { kind: 'end', at: 900, heardAt: 900 },
    ])
  })

  test('is all there again when it is asked for again', () => {
    const it = createRecording().hear(wheel.at(100))
    it.text()
    const { lines } = parseTrace(it.hear(wheel.at(600)).text())
    expect(lines.filter(({ kind }) => kind === 'wheel')).toHaveLength(2)
  })

  test('says when a detector was woken, and for what time', () => {
    const it = createRecording().hear(enter('#buy', 100)).busy(2300)
    const { lines } = parseTrace(it.text())
    expect(lines).toContainEqual({ kind: 'wake', at: 2100, heardAt: 2400 })
  })

  test('holds counts of the situation, and no name, no trait and no id', () => {
    const text = createRecording().text()
    expect(parseTrace(text).lines[0]).toEqual({
      kind: 'context',
      at: 0,
      heardAt: 0,
      page: { type: 'other', path: '/' },
      device: { class: 'desktop', touch: false },
      locale: 'nl',
      consent: 'granted',
      session: {},
      cart: { count: 0, total: 0 },
      visitor: { visits: 3, daysSinceLastVisit: 2 },
      shown: [],
      busy: false,
    })
    expect(text).not.toMatch(/Roos|visitor-1|session-1/)
  })

  test('takes figures, flags and short words of a moment that the page raised', () => {
    const odd = { tried: 4, sure: false, size: 'L'.repeat(300), none: NaN, more: { name: 'Roos' } }
    const it = createRecording().hear(moment('sizing-doubt', odd as never).at(5))
    const raised = parseTrace(it.text()).lines.find(({ kind }) => kind === 'moment')
    expect(raised).toMatchObject({ evidence: { tried: 4, sure: false, size: 'L'.repeat(200) } })
    expect(it.text()).not.toContain('Roos')
  })
})

describe('a long trace', () => {
  test('keeps the newest 20,000 lines and says how many went', () => {
    const it = createRecording({ detectors: {} })
    for (let at = 1; at <= 20_010; at++) it.hear(resize.at(at))
    const { header, lines } = parseTrace(it.text())
    expect(lines.filter(({ kind }) => kind === 'resize')).toHaveLength(20_000)
    // What came from 1 to 10, and the situation and the measures at the start; those are kept all the same.
    expect(header).toMatchObject({ dropped: 12, at: 10 })
    expect(lines.slice(0, 2)).toMatchObject([{ kind: 'context' }, { kind: 'own' }])
  })

  test('still knows whether the page was visible where it now begins', () => {
    const it = createRecording({ detectors: {} }).hear(hide.at(1))
    for (let at = 2; at <= 20_001; at++) it.hear(exit(at))
    expect(parseTrace(it.text()).header.visible).toBe(false)
    for (const signal of [show.at(30_000), hide.at(30_001), show.at(30_002)]) it.hear(signal)
    for (let at = 30_003; at <= 60_000; at++) it.hear(wheel.at(at))
    expect(parseTrace(it.text()).header.visible).toBe(true)
  })
})
