import { describe, expect, test } from 'vitest'
import { createFakeBrowser } from '../test/fake-platform'
import { asksForConsent, createConsent } from './consent'
import { followConsent, tierOfLayer } from './consent-platform'

interface Page {
  __tcfapi?: unknown
  dataLayer?: unknown
}
/** `gtag` pushes its arguments, which are no array. */
const gtag = (...given: unknown[]) =>
  (function (..._given: unknown[]) {
    // eslint-disable-next-line prefer-rest-params -- this is what is told
    return arguments
  })(...given)

function visit(page: Page) {
  const browser = createFakeBrowser()
  const platform = browser.page()
  const on = window as Page
  Object.assign(on, { __tcfapi: undefined, dataLayer: undefined }, page)
  const heard: string[] = []
  const stop = followConsent({ platform, hear: (tier) => heard.push(tier) })
  return { on, heard, stop, clock: browser.clock, platform }
}

/** A platform that says what it is told to, when it is told to. */
function tcf() {
  const state: { tell?: (data: unknown, ok: boolean) => void; removed: unknown[] } = { removed: [] }
  const api = (
    command: string,
    version: number,
    callback: (data: unknown, ok: boolean) => void,
    id: unknown,
  ) => {
    if (command === 'addEventListener' && version === 2) state.tell = callback
    if (command === 'removeEventListener') state.removed.push(id)
  }
  return {
    api,
    state,
    tell: (data: object, ok = true) => state.tell!({ gdprApplies: true, listenerId: 7, ...data }, ok),
  }
}
const all = { 1: true, 5: true, 6: true, 8: true }
const consents = (given: object = all) => ({ purpose: { consents: given } })

describe('TCF', () => {
  test.each([
    ['all that we do is agreed to', { eventStatus: 'tcloaded', ...consents() }, ['granted']],
    ['so it is after a deed', { eventStatus: 'useractioncomplete', ...consents() }, ['granted']],
    ['the law does not apply', { gdprApplies: false }, ['granted']],
    [
      'a no to one of the purposes is a no',
      { eventStatus: 'tcloaded', ...consents({ ...all, 5: false }) },
      ['denied'],
    ],
    ['what is not told is a no', { eventStatus: 'tcloaded' }, ['denied']],
    [
      'a yes of another kind is none',
      { eventStatus: 'tcloaded', ...consents({ ...all, 1: 'true' }) },
      ['denied'],
    ],
    ['a dialog that is open says nothing', { eventStatus: 'cmpuishown', ...consents() }, []],
    ['nor does nonsense', { eventStatus: 12, gdprApplies: 'no' }, []],
  ])('%s', (_name, data, tiers) => {
    const { api, tell } = tcf()
    const { heard } = visit({ __tcfapi: api })
    tell(data)
    expect(heard).toEqual(tiers)
  })

  test('each word counts, also a later one; a failed call does not', () => {
    const { api, tell } = tcf()
    const { heard } = visit({ __tcfapi: api })
    tell({ eventStatus: 'tcloaded', ...consents() }, false)
    tell({ eventStatus: 'tcloaded', ...consents({}) })
    tell({ eventStatus: 'cmpuishown', ...consents({}) })
    tell({ eventStatus: 'useractioncomplete', ...consents() })
    expect(heard).toEqual(['denied', 'granted'])
  })

  test('one that throws, and one that never answers, say nothing', async () => {
    const throws = () => {
      throw Error('no platform here')
    }
    const { heard, clock, platform } = visit({ __tcfapi: throws })
    await clock.advance(60_000)
    expect(heard).toEqual([])
    expect(platform.faults).toEqual([])
    expect(visit({ __tcfapi: () => {} }).heard).toEqual([])
  })

  test('what it tells counts for more than Google’s consent mode', async () => {
    const { api, tell } = tcf()
    const { heard, on, clock } = visit({ __tcfapi: api, dataLayer: [] })
    tell({ eventStatus: 'tcloaded', ...consents({}) })
    ;(on.dataLayer as unknown[]).push(gtag('consent', 'update', { analytics_storage: 'granted' }))
    await clock.advance(5_000)
    expect(heard).toEqual(['denied'])
  })

  test('stopped, it is told that nobody listens, and its words count no more', () => {
    const { api, tell, state } = tcf()
    const { heard, stop, platform } = visit({ __tcfapi: api })
    tell({ eventStatus: 'cmpuishown' })
    stop()
    tell({ eventStatus: 'tcloaded', ...consents() })
    expect(state.removed).toEqual([7])
    expect(heard).toEqual([])
    expect(platform.listening()).toEqual([])
  })
})

describe('Google’s consent mode', () => {
  const given = (analytics?: string, more: object = {}) => ({
    ...(analytics && { analytics_storage: analytics }),
    ...more,
  })
  test.each([
    ['nothing about consent', [gtag('js', new Date()), { event: 'x' }, null, 'text'], undefined],
    ['a yes by default', [gtag('consent', 'default', given('granted'))], 'granted'],
    ['a no by default waits for the answer', [gtag('consent', 'default', given('denied'))], undefined],
    ['a yes', [gtag('consent', 'default', given('denied')), gtag('consent', 'update', given('granted'))], 'granted'],
    ['a no', [gtag('consent', 'default', given('denied')), gtag('consent', 'update', given('denied'))], 'denied'],
    ['a no after a yes', [gtag('consent', 'update', given('granted')), gtag('consent', 'update', given('denied'))], 'denied'],
    ['a yes to others alone', [gtag('consent', 'update', { ad_storage: 'granted' })], undefined],
    ['a no to a profile', [gtag('consent', 'update', given('granted', { personalization_storage: 'denied' }))], 'denied'],
    ['defaults of several regions', [gtag('consent', 'default', given('denied', { region: ['DE'] })), gtag('consent', 'default', given('granted'))], undefined],
    ['an array is as good', [['consent', 'update', given('granted')]], 'granted'],
    ['no layer', undefined, undefined],
  ])('%s: %#', (_name, layer, tier) => expect(tierOfLayer(layer)).toBe(tier)) // prettier-ignore

  test('an entry that cannot be read is passed over', () => {
    const hostile = new Proxy({}, { get: () => { throw Error('hands off') } }) // prettier-ignore
    const layer: unknown[] = [hostile, 'unreadable', gtag('consent', 'update', given('granted'))]
    Object.defineProperty(layer, 1, { get: () => { throw Error('hands off') } }) // prettier-ignore
    expect(tierOfLayer(layer)).toBe('granted')
    expect(asksForConsent({ dataLayer: layer })).toBe(true)
    expect(asksForConsent({ dataLayer: layer.slice(0, 1) })).toBe(false)
  })

  test('an answer is heard as it comes, without a deed and after one, however late', async () => {
    const layer: unknown[] = [gtag('consent', 'default', given('denied'))]
    const { heard, clock, platform } = visit({ dataLayer: layer })
    await clock.advance(2_000)
    expect(heard).toEqual([])
    layer.push(gtag('consent', 'update', given('denied')))
    await clock.advance(500)
    expect(heard.at(-1)).toBe('denied')
    await clock.advance(120_000)
    platform.fire('click')
    layer.push(gtag('consent', 'update', given('granted')))
    await clock.advance(500)
    expect(heard.at(-1)).toBe('granted')
  })
})

describe('who is heard', () => {
  const told = (asks: boolean, attribute?: 'granted' | 'denied' | 'pending') => {
    const tiers: string[] = []
    const consent = createConsent(attribute, asks, (tier) => tiers.push(tier))
    return { ...consent, tiers }
  }
  test('a page that asks is pending until there is an answer, whatever its attribute says', () => {
    visit({})
    expect(told(true).tier()).toBe('pending')
    expect(told(true, 'granted').tier()).toBe('pending')
    expect(told(false, 'denied').tier()).toBe('denied')
    expect(told(false).tier()).toBe('granted')
  })
  test('the page’s own word counts for more than its platform’s', () => {
    visit({})
    const consent = told(true)
    consent.hear('granted')
    consent.set('denied')
    consent.hear('granted')
    expect(consent.tiers).toEqual(['granted', 'denied'])
  })
  test('a platform is known by its function or by Google’s commands', () => {
    visit({})
    expect(asksForConsent({})).toBe(false)
    expect(asksForConsent({ __tcfapi: () => {} })).toBe(true)
    expect(asksForConsent({ __tcfapi: 'soon' })).toBe(false)
    expect(asksForConsent({ dataLayer: [{ event: 'x' }, undefined, null] })).toBe(false)
    expect(asksForConsent({ dataLayer: [gtag('consent', 'default', {})] })).toBe(true)
  })
})
