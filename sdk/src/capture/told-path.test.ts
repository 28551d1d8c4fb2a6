import { describe, expect, test } from 'vitest'
import { toldPath } from './told-path'

describe('a path as it is told', () => {
  test.each([
    '/',
    '/product/heron-kettle',
    '/product/iPhone-15-Pro-Max-256GB-Blue',
    '/p/B08N5WRWNW/',
    '/sale/2026-11-23/kettle_with_whistle_1500ml.html',
    '/product/%E6%B0%B4%E5%A3%B6',
    '/app#/checkout/contact',
    '/app#!/product/heron-kettle',
  ])('%s is told as it is', (path) => expect(toldPath(path)).toBe(path))

  test.each([
    ['an e-mail address', '/account/roos@kettle.example/orders', '/account/*/orders'],
    ['an encoded one', '/account/roos%40kettle.example', '/account/*'],
    ['one that was encoded twice', '/account/roos%2540kettle.example', '/account/*'],
    ['a telephone number', '/track/+32%20470%2012%2034%2056', '/track/*'],
    ['a long number', '/order/1000123456', '/order/*'],
    ['a UUID', '/cart/0190a6f2-5d3c-7b11-9c4e-3f2a1b0c9d8e', '/cart/*'],
    ['a token of hexadecimal digits', '/reset/9f86d081884c7d659a2feaa0c55ad015', '/reset/*'],
    ['one of base64', '/reset/kJx-Qz_WmRbTgYuIoPaSdF1', '/reset/*'],
    ['a web token', '/in/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP', '/in/*'],
    ['a parameter of a segment', '/cart;jsessionid=1A2B/items', '/cart/items'],
    ['parameters where a hash route would be', '/app#/access_token=abc', '/app#/*'],
    ['what cannot be read', '/in/%E0%A4%A', '/in/*'],
  ])('%s is not told', (_what, path, told) => expect(toldPath(path)).toBe(told))
})
