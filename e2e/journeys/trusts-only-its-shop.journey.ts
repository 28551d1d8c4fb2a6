import type { Page } from '@playwright/test'
import { ownLines, takeOut } from '../kit/console-lines'
import {
  anyNudge,
  armed,
  call,
  expect,
  expectSeen,
  flush,
  nudgeOf,
  started,
  test,
  type Collector,
} from '../kit/fixtures'
import { openLab, ownTag, ruleOn, ruleset } from '../kit/lab'
import { createOwner, poison, serveSigned } from '../kit/signing'

const shop = createOwner()
const stranger = createOwner()
const older = createOwner('p256')
const version = (number: number) => JSON.stringify(ruleset([ruleOn('doubt')], { version: number }))
const signed = (number: number) => ({ rules: version(number), signature: shop.sign(version(number)) })
const tag = { ...ownTag, 'data-public-key': shop.publicKey }

const expectsNudge = async (page: Page) => {
  await armed(page)
  await call(page, 'moment', 'doubt')
  await expectSeen(nudgeOf(page, 'on-doubt'))
}

/** Nothing is decided, and a developer and a data team hear of it, once. */
async function expectNoNudge(page: Page, collector: Collector, lines: string[], says: RegExp) {
  await armed(page)
  await call(page, 'moment', 'doubt')
  await flush(page)
  const [held] = await collector.waitFor('decision')
  expect(held!.decision).toMatchObject({ verdict: 'hold', reason: 'no-ruleset' })
  await expect(anyNudge(page)).toHaveCount(0)
  const errors = (await collector.waitFor('error')).map(({ part, reason }) => [part, reason])
  expect(errors).toEqual([['ruleset', expect.stringMatching(says)]])
  expect(ownLines(lines)).toHaveLength(1)
  takeOut(lines, says)
  // The browser's own word about an answer 404, where there is one.
  lines.splice(0, Infinity, ...lines.filter((line) => !/^Failed to load resource/.test(line)))
}

test.describe('a signed ruleset', { tag: '@once' }, () => {
  test('is used, by the file beside it', async ({ page }) => {
    await serveSigned(page, signed(1))
    await openLab(page, { tag })
    await expectsNudge(page)
  })

  test('is used, by the header of its answer: the file beside it is not asked for', async ({ page }) => {
    const { rules, signature } = signed(1)
    const { asked } = await serveSigned(page, { rules, headers: { 'splitsecond-signature': signature } })
    await openLab(page, { tag })
    await expectsNudge(page)
    expect(asked).not.toContain('/lab/rules.json.sig')
  })

  test('is used in a browser without Ed25519, where the shop signs by both', async ({ page }) => {
    await page.addInitScript(() => {
      const { importKey } = SubtleCrypto.prototype
      SubtleCrypto.prototype.importKey = function (this: SubtleCrypto, ...given: unknown[]) {
        return (given[2] as { name: string }).name === 'Ed25519'
          ? Promise.reject(new DOMException('unknown', 'NotSupportedError'))
          : (importKey as (...all: unknown[]) => Promise<CryptoKey>).apply(this, given)
      } as typeof importKey
    })
    const rules = version(1)
    await serveSigned(page, { rules, signature: `${shop.sign(rules)}\n${older.sign(rules)}\n` })
    await openLab(page, {
      tag: { ...ownTag, 'data-public-key': `${shop.publicKey} ${older.publicKey}` },
    })
    await expectsNudge(page)
  })

  test('arms a page whose network is gone, by its kept copy', async ({ page, consoleLines }) => {
    await serveSigned(page, signed(1))
    await openLab(page, { tag })
    await armed(page)
    await page.route('/lab/rules.json', (route) => route.abort())
    await page.reload()
    await expectsNudge(page)
    takeOut(consoleLines, /rules\.json: .*fetch/i, /Failed to load resource/)
  })

  test('in the page itself is used by its attribute', async ({ page }) => {
    const rules = ` ${version(1)}\n`
    const block = `<script type="application/json" id="splitsecond-ruleset" data-signature="${shop.sign(rules)}">${rules}</script>`
    await openLab(page, { head: block, tag: { 'data-public-key': shop.publicKey } })
    await expectsNudge(page)
  })
})

test.describe('a ruleset that is not as its shop signed it', { tag: '@once' }, () => {
  test('no change of a single byte passes', async ({ page }) => {
    await openLab(page, { tag: null })
    const { rules, signature } = signed(1)
    const passed = await page.evaluate(
      async ([key, text, made]) => {
        type Verify = (bytes: BufferSource, signatures: string) => Promise<void>
        const address = '/splitsecond-verify.js'
        const part = (await import(address)) as {
          install(kit: { give(name: string, make: (key: string, place: string) => Verify): void }): void
        }
        const given: { verify?: Verify } = {}
        part.install({ give: (_name, make) => void (given.verify = make(key, 'data-public-key')) })
        const bytes = new TextEncoder().encode(text)
        const passes = (changed: Uint8Array<ArrayBuffer>) =>
          given.verify!(changed, made).then(
            () => true,
            () => false,
          )
        const all: number[] = (await passes(bytes)) ? [] : [-1]
        for (let at = 0; at < bytes.length; at++) {
          const changed = bytes.slice()
          changed[at]! ^= 1 << (at % 8)
          if (await passes(changed)) all.push(at)
        }
        return all
      },
      [shop.publicKey, rules, signature] as const,
    )
    expect(passed).toEqual([])
  })

  const other = (at: number) => {
    const bytes = Buffer.from(version(1))
    bytes[at]! ^= 1
    return bytes
  }
  const text = version(1)
  const wrong = {
    'a letter of its text is another': { ...signed(1), rules: other(text.indexOf('May we')) },
    'its version is another': { ...signed(1), rules: other(text.indexOf(':1') + 1) },
    'its first byte is another': { ...signed(1), rules: other(0) },
    'its last byte is another': { ...signed(1), rules: other(text.length - 1) },
    'a line end came to it': { ...signed(1), rules: `${text}\n` },
    'it is signed by somebody else': { rules: text, signature: stranger.sign(text) },
    'the signature is that of another version': { rules: text, signature: shop.sign(version(2)) },
    'there is no signature': { rules: text, signature: null },
    'the signature is a page': { rules: text, signature: '<!doctype html><title>Shop</title>' },
    'the header has another signature, whatever the file says': {
      ...signed(1),
      headers: { 'splitsecond-signature': stranger.sign(text) },
    },
  }
  for (const [name, served] of Object.entries(wrong))
    test(name, async ({ page, collector, consoleLines }) => {
      await serveSigned(page, served)
      await openLab(page, { tag })
      await expectNoNudge(page, collector, consoleLines, /\/lab\/rules\.json: wanted a signature/)
    })

  test('the public key is that of somebody else', async ({ page, collector, consoleLines }) => {
    await serveSigned(page, signed(1))
    await openLab(page, { tag: { ...ownTag, 'data-public-key': stranger.publicKey } })
    await expectNoNudge(page, collector, consoleLines, /fits data-public-key/)
  })

  test('the public key is empty: nothing is asked for', async ({ page, collector, consoleLines }) => {
    const { asked } = await serveSigned(page, signed(1))
    await openLab(page, { tag: { ...ownTag, 'data-public-key': '' } })
    await expectNoNudge(page, collector, consoleLines, /data-public-key: wanted ed25519:<key>/)
    expect(asked).toEqual([])
  })

  for (const [name, attribute] of [
    ['without a signature', ''],
    ['with that of somebody else', `data-signature="${stranger.sign(text)}"`],
  ] as const)
    test(`it stands in the page, ${name}`, async ({ page, collector, consoleLines }) => {
      const block = `<script type="application/json" id="splitsecond-ruleset" ${attribute}>${text}</script>`
      const { 'data-ruleset': _none, ...without } = tag
      await openLab(page, { head: block, tag: without })
      await expectNoNudge(
        page,
        collector,
        consoleLines,
        /inline ruleset #splitsecond-ruleset: wanted a signature/,
      )
    })

  test('an older version is none, on this page and on the next', async ({
    page,
    collector,
    consoleLines,
  }) => {
    const served = signed(2)
    await serveSigned(page, served)
    await openLab(page, { tag })
    await expectsNudge(page)
    await collector.waitForShown('on-doubt')
    Object.assign(served, signed(1))
    await call(page, 'refresh')
    // What it had brought is no longer to be trusted either.
    await expect(anyNudge(page)).toHaveCount(0)
    takeOut(consoleLines, /wanted version 2 or newer, found 1/)
    await page.reload()
    await started(page)
    await call(page, 'refresh')
    await call(page, 'moment', 'doubt')
    await flush(page)
    await collector.waitFor('decision', ({ decision }) => decision.reason === 'no-ruleset')
    await expect(anyNudge(page)).toHaveCount(0)
    takeOut(consoleLines, /wanted version 2 or newer, found 1/)
    expect(await collector.waitFor('error', () => true, 2)).toHaveLength(2)
    Object.assign(served, signed(3))
    await page.reload()
    await expectsNudge(page)
  })

  for (const change of ['text', 'version'] as const)
    test(`the kept copy has another ${change}`, async ({ page, collector, consoleLines }) => {
      await serveSigned(page, signed(1))
      await openLab(page, { tag })
      await armed(page)
      await page.evaluate(() => (window as unknown as { splitsecond: { stop(): void } }).splitsecond.stop())
      await poison(page, change)
      await page.route('/lab/rules.json', (route) => route.abort())
      await page.reload()
      await armed(page)
      takeOut(consoleLines, /rules\.json: Failed to fetch/)
      await expectNoNudge(page, collector, consoleLines, /\/lab\/rules\.json: wanted/)
      // The shop's own is taken as soon as it is to be had.
      await page.unroute('/lab/rules.json')
      await serveSigned(page, signed(1))
      await page.reload()
      await expectsNudge(page)
      await expect(nudgeOf(page, 'on-doubt')).toContainText('May we help?')
    })
})
