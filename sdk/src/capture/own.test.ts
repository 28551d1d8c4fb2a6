import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isOwn } from './own'
import type { CaptureKit } from './source'

beforeEach(() => vi.stubGlobal('document', { baseURI: 'https://shop.example/nl/cart' }))
afterEach(() => vi.unstubAllGlobals())

const shop = 'https://shop.example'

test.each<[string, unknown, string, boolean]>([
  ['the collector', '/v1/events', `${shop}/v1/events`, true],
  ['whatever its query', '/v1/events?tenant=7', `${shop}/v1/events?key=k`, true],
  ['by a relative address', '../collect', `${shop}/collect`, true],
  ['on another origin', 'https://c.example/collect', 'https://c.example/collect?key=k', true],
  ['not what only begins alike', '/collect', `${shop}/collections/kettles`, false],
  ['not what holds its address', '/collect', `${shop}/go?to=/collect`, false],
  ['not the same path elsewhere', '/collect', 'https://other.example/collect', false],
  ['a ruleset that came as an object', { version: 1 }, `${shop}/rules.json`, false],
  ['the signature beside a ruleset', '/rules.json?v=3', `${shop}/rules.json.sig?v=3`, true],
  ['a picture of a nudge', new Set([`${shop}/img?id=1`]), `${shop}/img?id=1`, true],
  ['not another from there', new Set([`${shop}/img?id=1`]), `${shop}/img?id=2`, false],
  ['no collector', undefined, `${shop}/undefined`, false],
])('%s', (_name, own, address, expected) => {
  expect(isOwn({ own: [own] } as Partial<CaptureKit> as CaptureKit)(address)).toBe(expected)
})
