import { InMemoryProvider, OpenFeature, type Client, type Provider } from '@openfeature/web-sdk'
import { afterEach, describe, expect, test } from 'vitest'
import { ask, createRule } from './decide/rules.fixture'
import { flagsFrom } from './openfeature'

afterEach(() => OpenFeature.clearProviders())

const always = (value: unknown) =>
  ({ disabled: false, defaultVariant: 'it', variants: { it: value } }) as never
const provided = async (provider: Provider): Promise<Client> => {
  await OpenFeature.setProviderAndWait(provider)
  return OpenFeature.getClient()
}
const holding = (flags: Readonly<Record<string, unknown>>) =>
  provided(
    new InMemoryProvider(
      Object.fromEntries(Object.entries(flags).map(([key, value]) => [key, always(value)])),
    ),
  )

describe('a flag of the provider has its own value', () => {
  test.each([
    ['boolean', true],
    ['boolean', false],
    ['string', 'short'],
    ['string', ''],
    ['string', 'none'],
    ['number', 7],
    ['number', 0],
    ['number', 1],
    ['object', { colour: 'red', sizes: [1, 2] }],
    ['object', {}],
    ['object', { none: true }],
  ] as const)('%s %j', async (type, value) => {
    const client = await holding({ it: value })
    expect(flagsFrom(client)('it')).toEqual(value)
    expect(flagsFrom(client, { it: type })('it')).toEqual(value)
  })

  test('as the provider targets this shopper, and as it stands when asked', async () => {
    const provider = new InMemoryProvider({
      copy: {
        disabled: false,
        defaultVariant: 'long',
        variants: { long: 'long', short: 'short' },
        contextEvaluator: ({ plan }) => (plan === 'pro' ? 'short' : 'long'),
      },
    })
    const flags = flagsFrom(await provided(provider))
    expect(flags('copy')).toBe('long')
    await OpenFeature.setContext({ plan: 'pro' })
    expect(flags('copy')).toBe('short')
    await OpenFeature.setContext({})
    await provider.putConfiguration({ copy: always(3) })
    expect(flags('copy')).toBe(3)
  })
})

describe('a flag is missing, and no default stands for it', () => {
  test('the provider has none of that name', async () => {
    expect(flagsFrom(await holding({ it: true }))('other')).toBeUndefined()
  })
  test.each([true, 'text', 5, { a: 1 }])('it is switched off: %j', async (value) => {
    const client = await provided(
      new InMemoryProvider({ it: { ...(always(value) as object), disabled: true } as never }),
    )
    expect(flagsFrom(client)('it')).toBeUndefined()
    expect(flagsFrom(client, { it: 'string' })('it')).toBeUndefined()
  })
  test('it is of another type than said', async () => {
    expect(flagsFrom(await holding({ it: 5 }), { it: 'boolean' })('it')).toBeUndefined()
  })
  test('there is no provider, or it is not ready yet', () => {
    expect(flagsFrom(OpenFeature.getClient())('it')).toBeUndefined()
    const slow = new InMemoryProvider({ it: always(true) })
    OpenFeature.setProvider(Object.assign(slow, { initialize: () => new Promise<void>(() => {}) }))
    expect(flagsFrom(OpenFeature.getClient())('it')).toBeUndefined()
  })
  test('the provider throws: so does this, for the console to tell', async () => {
    const broken = new InMemoryProvider()
    broken.resolveBooleanEvaluation = () => {
      throw Error('out of memory')
    }
    const flags = flagsFrom(await provided(broken))
    expect(() => flags('it')).toThrow('GENERAL out of memory')
  })
})

describe('rules ask for flags', () => {
  const decided = async (when: object, flags: Readonly<Record<string, unknown>>) => {
    const client = await holding(flags)
    return ask([createRule({ when })], { attributes: { flags: flagsFrom(client) } })
  }

  test.each([
    [{ 'flags.checkout-nudges': true }, { 'checkout-nudges': true }],
    [{ 'flags.copy': { $in: ['short', 'long'] } }, { copy: 'short' }],
    [{ 'flags.discount': { $gte: 5 } }, { discount: 5 }],
    [{ 'flags.theme.colour': 'red' }, { theme: { colour: 'red' } }],
    [{ 'flags.checkout.nudges.on': true }, { 'checkout.nudges': { on: true } }],
    [{ 'flags.a.b': 'whole' }, { 'a.b': 'whole', a: { b: 'part' } }],
    [{ 'flags.gone': { $exists: false } }, {}],
  ])('%j holds with %j', async (when, flags) => {
    expect(await decided(when, flags)).toMatchObject({ verdict: 'show' })
  })

  test.each([
    [{ 'flags.checkout-nudges': true }, { 'checkout-nudges': false }, 'condition'],
    [{ 'flags.checkout-nudges': true }, {}, 'missing-attribute'],
    [{ 'flags.checkout-nudges': { $ne: true } }, {}, 'missing-attribute'],
    [{ 'flags.discount': { $lt: 5 } }, {}, 'missing-attribute'],
    [{ 'flags.theme.colour': { $ne: 'red' } }, { theme: {} }, 'missing-attribute'],
  ])('%j with %j: %s', async (when, flags, reason) => {
    expect(await decided(when, flags)).toMatchObject({ verdict: 'hold', reason })
  })
})
