import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  createPrivatePem,
  publicKeyOf,
  readPrivatePem,
  signatureOf,
  type Algorithm,
} from '../../cli/signature'
import { richRuleset } from './rules.fixture'
import { createVerifier } from './verifier'

const place = 'data-public-key'
const bytes = new TextEncoder().encode(JSON.stringify(richRuleset))
const owner = (algorithm: Algorithm) => {
  const key = readPrivatePem(createPrivatePem(algorithm))
  return { key: publicKeyOf(key), sign: (text: Uint8Array) => signatureOf(key, text) }
}
const [ed, p256, other] = [owner('ed25519'), owner('p256'), owner('ed25519')]

afterEach(() => void vi.unstubAllGlobals())

describe.each([
  ['ed25519', ed],
  ['p256', p256],
] as const)('%s', (_name, { key, sign }) => {
  const verify = createVerifier(key, place)
  const signature = sign(bytes)

  test('what is signed passes', async () => {
    await expect(verify(bytes, signature)).resolves.toBeUndefined()
    await expect(verify(bytes.buffer, ` ${signature}\r\n`)).resolves.toBeUndefined()
  })

  test('every single-byte change of the ruleset is refused', async () => {
    expect(bytes.length).toBeGreaterThan(1_500)
    const passed: number[] = []
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice()
      // Another bit at each place, so that all of them come up; 0xff is no byte of UTF-8.
      changed[at]! ^= at % 9 === 8 ? 0xff : 1 << (at % 9)
      await verify(changed, signature).then(
        () => passed.push(at),
        () => undefined,
      )
    }
    expect(passed).toEqual([])
  })

  test('a byte more or less, anywhere, is refused', async () => {
    const text = [...bytes]
    for (const at of [0, 1, text.length >> 1, text.length]) {
      const [head, tail] = [text.slice(0, at), text.slice(at)]
      for (const changed of [[...head, 32, ...tail], at ? [...head.slice(0, -1), ...tail] : tail.slice(1)])
        await expect(verify(Uint8Array.from(changed), signature)).rejects.toThrow('fits')
    }
    const marked = Uint8Array.from([0xef, 0xbb, 0xbf, ...text])
    await expect(verify(marked, signature)).rejects.toThrow('fits')
  })

  test('every changed letter of the signature is refused', async () => {
    for (let at = 0; at < signature.length; at++)
      for (const letter of ['A', 'B', '_', ':']) {
        if (signature[at] === letter) continue
        const changed = signature.slice(0, at) + letter + signature.slice(at + 1)
        await expect(verify(bytes, changed), changed).rejects.toThrow('signature')
      }
  })

  test('a signature by another key is refused', async () => {
    const stranger = owner(_name)
    await expect(createVerifier(stranger.key, place)(bytes, signature)).rejects.toThrow(
      'wanted a signature that fits data-public-key, found none',
    )
  })

  test.each([undefined, null, '', '  ', '<!doctype html>', `${signature} and more`, `${signature}=`])(
    '%j is no signature',
    async (given) => {
      await expect(verify(bytes, given)).rejects.toThrow('wanted a signature (ed25519:… or p256:…), found')
    },
  )
})

test('several keys, several signatures: one that fits is enough', async () => {
  const verify = createVerifier(`${other.key} ${p256.key}`, place)
  await verify(bytes, `${ed.sign(bytes)}\n${p256.sign(bytes)}\n`)
  await expect(verify(bytes, ed.sign(bytes))).rejects.toThrow('found none')
})

test.each([
  undefined,
  null,
  '',
  7,
  'abc',
  ed.key.slice(8),
  `${ed.key}A`,
  ed.key.slice(0, -1),
  ed.key.replace('ed25519', 'p256'),
  ed.key.replace('ed25519', 'rsa'),
  `${ed.key} abc`,
  `${ed.key},${p256.key}`,
])('%j is no public key', (given) => {
  expect(() => createVerifier(given, place)).toThrow('data-public-key: wanted ed25519:<key> or p256:<key>')
})

describe('a browser', () => {
  const without = (algorithm: string) => {
    const { subtle } = crypto
    vi.stubGlobal('crypto', {
      subtle: {
        importKey: (...given: Parameters<SubtleCrypto['importKey']>) =>
          (given[2] as Algorithm & { name: string }).name === algorithm
            ? Promise.reject(new DOMException('unknown', 'NotSupportedError'))
            : subtle.importKey(...given),
        verify: subtle.verify.bind(subtle),
      },
    })
  }
  test('without Ed25519 verifies by P-256, where both are published', async () => {
    without('Ed25519')
    const both = `${ed.sign(bytes)} ${p256.sign(bytes)}`
    const verify = createVerifier(`${ed.key} ${p256.key}`, place)
    await expect(verify(bytes, both)).resolves.toBeUndefined()
  })
  test('without Ed25519 and with no other key refuses, and says why', async () => {
    without('Ed25519')
    await expect(createVerifier(ed.key, place)(bytes, ed.sign(bytes))).rejects.toThrow(
      'found none; ed25519 failed (NotSupportedError)',
    )
  })
  test('that is told of the page over plain http refuses, and says why', async () => {
    vi.stubGlobal('crypto', {})
    await expect(createVerifier(ed.key, place)(bytes, ed.sign(bytes))).rejects.toThrow('secure context')
  })
})
