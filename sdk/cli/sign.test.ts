import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createVerifier } from '../src/decide/verifier'
import { run } from './run'

async function called(...args: string[]) {
  const said = { out: [] as string[], err: [] as string[] }
  const code = await run(args, { out: (text) => said.out.push(text), err: (text) => said.err.push(text) })
  return { code, out: said.out.join('\n'), err: said.err.join('\n') }
}
const rules = '{ "version": 12, "rules": [] }\n'
const folder = (files: Readonly<Record<string, string>> = { 'rules.json': rules }) => {
  const path = mkdtempSync(join(tmpdir(), 'splitsecond-sign-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  return (name: string) => join(path, name)
}
const attribute = (text: string) => /data-public-key="([^"]+)"/.exec(text)![1]!

describe.each(['ed25519', 'p256'])('%s', (algorithm) => {
  test('keygen writes a key that only its owner reads; what sign makes of it fits the attribute', async () => {
    const at = folder()
    const made = await called('keygen', '--algorithm', algorithm, '--out', at('private.pem'))
    expect(made.code).toBe(0)
    expect(made.out).toContain(`data-public-key="${algorithm}:`)
    expect(statSync(at('private.pem')).mode & 0o777).toBe(0o600)
    expect(made.out).not.toContain('PRIVATE')

    const signed = await called('sign', at('rules.json'), '--key', at('private.pem'))
    expect(signed).toMatchObject({ code: 0, err: '' })
    expect(signed.out).toContain('rules.json.sig: version 12 is signed')
    expect(attribute(signed.out)).toBe(attribute(made.out))
    const verify = createVerifier(attribute(made.out), 'data-public-key')
    await verify(readFileSync(at('rules.json')), readFileSync(at('rules.json.sig'), 'utf8'))
    await expect(verify(Buffer.from('{}'), readFileSync(at('rules.json.sig'), 'utf8'))).rejects.toThrow(
      'fits',
    )
  })
})

test('with two keys both signatures are written; either public key will do', async () => {
  const at = folder()
  await called('keygen', '--out', at('one.pem'))
  await called('keygen', '--algorithm', 'p256', '--out', at('two.pem'))
  const { out } = await called('sign', at('rules.json'), '--key', at('one.pem'), '--key', at('two.pem'))
  const signatures = readFileSync(at('rules.json.sig'), 'utf8')
  expect(signatures.trim().split('\n')).toHaveLength(2)
  for (const key of attribute(out).split(' '))
    await createVerifier(key, 'data-public-key')(Buffer.from(rules), signatures)
})

test('--add keeps the signature of the ruleset that is live; without it, it goes', async () => {
  const at = folder()
  const { out } = await called('keygen', '--out', at('private.pem'))
  const verify = createVerifier(attribute(out), 'data-public-key')
  await called('sign', at('rules.json'), '--key', at('private.pem'))
  writeFileSync(at('rules.json'), '{ "version": 13, "rules": [] }')
  await called('sign', at('rules.json'), '--key', at('private.pem'), '--add')
  await verify(Buffer.from(rules), readFileSync(at('rules.json.sig'), 'utf8'))
  await verify(readFileSync(at('rules.json')), readFileSync(at('rules.json.sig'), 'utf8'))
  await called('sign', at('rules.json'), '--key', at('private.pem'))
  await expect(verify(Buffer.from(rules), readFileSync(at('rules.json.sig'), 'utf8'))).rejects.toThrow('fits')
})

test('--out - prints the signature alone', async () => {
  const at = folder()
  await called('keygen', '--out', at('private.pem'))
  const { out } = await called('sign', at('rules.json'), '--key', at('private.pem'), '--out', '-')
  expect(out).toMatch(/^ed25519:[\w-]{86}$/)
})

test('a key is never overwritten', async () => {
  const at = folder({ 'private.pem': 'precious' })
  const { code, err } = await called('keygen', '--out', at('private.pem'))
  expect(code).toBe(1)
  expect(err).toMatch(/private\.pem: wanted a new file, found one that is there/)
  expect(readFileSync(at('private.pem'), 'utf8')).toBe('precious')
})

test('a rule that a browser would leave out is named, and the rest is signed', async () => {
  const at = folder({ 'rules.json': '{ "version": 1, "rules": [{ "id": "x" }] }' })
  await called('keygen', '--out', at('private.pem'))
  const { code, err } = await called('sign', at('rules.json'), '--key', at('private.pem'))
  expect(code).toBe(0)
  expect(err).toContain('rule "x" is left out')
})

describe('what is not right is named', () => {
  const at = folder({ 'rules.json': rules, 'none.json': '{ "version": "one" }', 'key.pem': 'no key' })
  test.each([
    [['keygen', '--algorithm', 'rsa'], '--algorithm: wanted ed25519 or p256, found rsa', 2],
    [['keygen', 'rules.json'], 'Unexpected argument', 2],
    [['sign', '--key', 'x'], 'wanted one ruleset, found 0', 2],
    [['sign', at('rules.json')], '--key: wanted a private key, found none', 2],
    [['sign', at('rules.json'), '--key', at('no.pem')], 'no.pem: wanted a file to read, found none', 1],
    [['sign', at('rules.json'), '--key', at('key.pem')], 'key.pem: wanted a private key in PEM', 1],
    [['sign', at('none.json'), '--key', at('key.pem')], 'none.json: version: wanted a whole number', 1],
    [['sign', at('gone.json'), '--key', at('key.pem')], 'gone.json: wanted a file to read, found none', 1],
    [['keygen', '--out', at('no/such/folder.pem')], 'folder.pem: wanted a new file, found ENOENT', 1],
  ])('%j', async (args, message, exit) => {
    const { code, err } = await called(...args)
    expect(err).toContain(message)
    expect(code).toBe(exit)
  })

  test('a key of another kind', async () => {
    const { generateKeyPairSync } = await import('node:crypto')
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    writeFileSync(at('other.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }))
    const { err } = await called('sign', at('rules.json'), '--key', at('other.pem'))
    expect(err).toContain('other.pem: wanted a key of ed25519 or p256, found ec')
  })
})
