import { describe, expect, test } from 'vitest'
import { serveShop } from './serveShop'

const shop = serveShop({ script: '/assets/shop.js', stylesheet: '/assets/shop.css', files: new Map() })

const get = (path: string, cookie = '') => shop.request(path, { headers: { cookie } })
const tagOf = async (response: Response) => /<script async[^>]*>/.exec(await response.text())?.[0]

describe('pages', () => {
  test.each(['/', '/list/coffee', '/product/bean-jar', '/cart', '/support', '/app/', '/app/cart', '/hash/'])(
    '%s is there',
    async (path) => {
      expect((await get(path)).status).toBe(200)
    },
  )

  test.each([
    '/nothing',
    '/list/tea',
    '/product/%00',
    '/product/%E0%A4%A',
    '/app/nothing',
    '/../../etc/passwd',
  ])('%s is a page that says so', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('<title>Not found')
  })

  test('may be kept by the back/forward cache and hold no inline script or style', async () => {
    const response = await get('/product/everyday-mug')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const html = await response.text()
    expect(html).not.toMatch(/ style="| on[a-z]+="|<style|javascript:/)
    expect(html).not.toMatch(/<script(?![^>]* src=)/)
  })

  test('answers HEAD without a body', async () => {
    const response = await shop.request('/cart', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })
})

describe('switches', () => {
  test('the tag is plain without them', async () => {
    expect(await tagOf(await get('/'))).toBe(
      '<script async src="/splitsecond.js" data-ruleset="/rules.json" data-collector="/v1/events">',
    )
  })

  test('change the tag, and outlive the page in a cookie', async () => {
    const first = await get('/?consent=denied&rules=holdout')
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(await tagOf(first)).toContain('data-consent="denied"')
    const next = await tagOf(await get('/app/cart?format=ga4', cookie))
    expect(next).toContain('data-ruleset="/rules/holdout.json"')
    expect(next).toContain('data-consent="denied"')
    expect(next).toContain('data-format="ga4"')
  })

  test('leave the tag out, and come back after a reset', async () => {
    expect(await tagOf(await get('/', 'demo=sdk%3Doff'))).toBeUndefined()
    const reset = await get('/?reset', 'demo=sdk%3Doff')
    expect(reset.headers.get('set-cookie')).toContain('Max-Age=0')
    expect(await tagOf(reset)).toBeDefined()
  })

  test('take nothing but their own values', async () => {
    const tag = await tagOf(await get('/?consent=%22%3E%3Cb%3E&rules=../../package&format='))
    expect(tag).not.toContain('data-consent')
    expect(tag).toContain('data-ruleset="/rules.json"')
  })

  test('survive the way from /checkout to its first step', async () => {
    expect((await get('/checkout?sdk=off')).headers.get('location')).toBe('/checkout/contact?sdk=off')
  })
})
