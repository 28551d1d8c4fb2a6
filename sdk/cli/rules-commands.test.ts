import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile, decide } from '../src/decide'
import { createRule, createRuleset, nudge, NOW } from '../src/decide/rules.fixture'
import { run } from './run'

const folder = mkdtempSync(join(tmpdir(), 'splitsecond-rules-'))
let files = 0
/** A file with this in it. */
const file = (value: unknown): string => {
  const path = join(folder, `${++files}.json`)
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value, null, 2))
  return path
}
async function called(args: readonly string[], input = '') {
  const said = { out: [] as string[], err: [] as string[] }
  const code = await run(args, {
    out: (text) => said.out.push(text),
    err: (text) => said.err.push(text),
    input: () => input,
  })
  return { code, out: said.out.join('\n'), err: said.err.join('\n') }
}
/** Whatever a command says to programs. */
interface Said {
  readonly decision: { readonly reason: string }
  readonly rules: readonly { readonly state: string; readonly trace: readonly unknown[] }[]
  readonly decisions: readonly { readonly share: number }[]
  readonly changes: unknown
  readonly runs: unknown
}
const json = async (...args: string[]) => {
  const { out, code } = await called([...args, '--json'])
  return { code, ...(JSON.parse(out) as Said) }
}

const good = createRuleset([createRule()])
const warned = createRuleset([createRule({ holdout: 100 })])
const bad = createRuleset([createRule({ whenn: {} }), createRule({ id: 'r2' })])
const at = new Date(NOW).toISOString()

describe('validate', () => {
  test('ends with 0 where nothing is wrong, and says so', async () => {
    const path = file(good)
    expect(await called(['validate', path])).toEqual({ code: 0, out: `${path}: 1 rule taken`, err: '' })
  })

  test('warnings end with 0, and with 1 under --strict', async () => {
    const path = file(warned)
    const { code, out } = await called(['validate', path])
    expect(out).toContain('1 rule taken, 1 warning')
    expect(code).toBe(0)
    expect((await called(['validate', path, '--strict'])).code).toBe(1)
  })

  test('points at what is wrong', async () => {
    const { out } = await called(['validate', '-'], '{ "version": 1,\n  "ruels": [] }')
    expect(out).toContain(
      [
        '-:2:3: error: ruels: no key is called "ruels" here',
        ' 2 |   "ruels": [] }',
        '   |   ^^^^^^^',
        '   did you mean "rules"?',
      ].join('\n'),
    )
    expect(out).toContain('-: refused, 2 errors')
  })

  test('of many files each has its say, one that cannot be read too', async () => {
    const { out, code } = await called(['validate', file(good), 'none.json', file(bad)])
    expect(out).toMatch(/1 rule taken$/m)
    expect(out).toContain('none.json:1:1: error: wanted a file to read, found none')
    expect(out).toMatch(/1 of 2 rules left out, 1 error$/m)
    expect(code).toBe(1)
  })

  test('a mark at the beginning of the file does not count', async () => {
    expect((await called(['validate', '-'], `\uFEFF${JSON.stringify(good)}`)).code).toBe(0)
  })

  test('tells programs', async () => {
    const path = file(bad)
    expect(await json('validate', path)).toEqual({
      code: 1,
      errors: 1,
      warnings: 0,
      files: [
        {
          file: path,
          rules: 2,
          refused: false,
          leftOut: ['r1'],
          problems: [
            {
              severity: 'error',
              code: 'unknown-key',
              rule: 'r1',
              path: 'rules[0].whenn',
              line: 20,
              column: 7,
              length: 7,
              message: 'no key is called "whenn" here',
              wanted: expect.stringContaining('id, on, ') as string,
              found: 'whenn',
              suggestion: 'when',
            },
          ],
        },
      ],
    })
  })
})

describe('explain', () => {
  const rules = [
    createRule({
      id: 'top',
      priority: 5,
      when: { 'cart.total': { $gte: 40 }, 'moment.dwellMs': { $gt: 1 } },
    }),
    createRule({ id: 'next', when: { $or: [{ locale: 'nl' }, { locale: 'en' }] } }),
    createRule({ id: 'behind' }),
    createRule({ id: 'parked', enabled: false }),
    createRule({ id: 'wrong', holdout: 'two' }),
    createRule({ id: 'other', on: 'rage-click' }),
  ]
  const path = file(createRuleset(rules))
  const context = file({ cart: { total: 12 }, locale: 'en' })
  const args = ['explain', path, '--moment', 'hesitation', '--now', at]

  test('prints every rule, every clause', async () => {
    const { out, code } = await called([...args, '--context', context, '--evidence', 'dwellMs=2210'])
    expect(out).toBe(`hesitation → show next/a

✗ top  hold: condition
├─ ✗ cart.total $gte     12, wanted 40 (28 away)
├─ ✓ moment.dwellMs $gt  2210, wanted 1 (2209 to spare)
├─ ✓ slot                nothing, wanted 5
├─ ✓ busy                false, wanted false
└─ ✓ calm                "calm", wanted "calm"

✓ next  show next/a
├─ ✓ $or
│  ├─ ✗ locale $eq  "en", wanted "nl"
│  └─ ✓ locale $eq  "en", wanted "en"
├─ ✓ slot  nothing, wanted 0
├─ ✓ busy  false, wanted false
└─ ✓ calm  "calm", wanted "calm"

· behind  not asked: next decided

· parked  parked: "enabled" is false

· wrong  left out: rules[4].holdout: wanted 0 to 100, found "two"`)
    expect(code).toBe(0)
  })

  test('is what decides: the same decision, the same trace', async () => {
    const { decision, rules: told } = await json(...args, '--context', context, '--evidence', '{"dwellMs":3}', '--visitor', 'u1') // prettier-ignore
    const { trace, ...expected } = decide(compile(createRuleset(rules)).ruleset, {
      moment: { name: 'hesitation', evidence: { dwellMs: 3 } },
      attributes: { cart: { total: 12 }, locale: 'en' },
      visitor: { id: 'u1' },
      now: NOW,
    })
    expect(decision).toEqual(JSON.parse(JSON.stringify(expected)))
    expect(told.flatMap((it) => it.trace)).toEqual(JSON.parse(JSON.stringify(trace)))
    expect(told.map(({ state }) => state)).toEqual(['held', 'decided', 'not-asked', 'parked', 'left-out']) // prettier-ignore
  })

  test('what is not in the context is missing', async () => {
    const { out } = await called(args)
    expect(out).toContain('✗ top  hold: missing-attribute')
    expect(out).toContain('✗ cart.total $gte     nothing, wanted 40')
  })

  test('limits, consent and the time are as they are given', async () => {
    const limited = file(createRuleset([createRule({ limits: { perSession: 1, cooldownMs: 5000 }, consent: 'granted', startsAt: '2026-11-20T00:00:00Z' })])) // prettier-ignore
    const reason = async (...more: string[]) =>
      (await json('explain', limited, '--moment', 'hesitation', '--now', at, ...more)).decision.reason // prettier-ignore
    expect(await reason()).toBe('shown')
    expect(await reason('--busy')).toBe('busy')
    expect(await reason('--consent', 'denied')).toBe('consent')
    expect(await reason('--now', '2026-11-01T00:00:00Z')).toBe('expired')
    expect(await reason('--shown', file([{ rule: 'r1', agoMs: 60_000 }]))).toBe('limit')
    expect(await reason('--shown', file([{ rule: 'r1', agoMs: 60_000, session: 'before' }]))).toBe('shown')
    expect(await reason('--shown', file([{ rule: 'r1', agoMs: 600, session: 'before' }]))).toBe('cooldown')
  })

  test('a ladder is told step by step', async () => {
    const variants = [{ id: 'a', nudge }]
    const ladder = {
      steps: [
        { id: 'calm', variants },
        { id: 'chat', variants, cost: 2 },
      ],
    }
    const { variants: _variants, ...rule } = createRule({ ladder })
    const climbed = file([{ rule: 'r1', step: 'calm', agoMs: 5000 }])
    const { out } = await called(['explain', file(createRuleset([rule])), '--moment', 'hesitation', '--shown', climbed]) // prettier-ignore
    expect(out).toMatch(/^hesitation → show r1\/chat\/a$/m)
    expect(out).toMatch(/^├─ ✗ step calm\n(│ {2}.*\n)+└─ ✓ step chat\n/m)
    expect(out).toContain('✗ ladder.steps.calm  1, wanted 1')
  })

  test('a moment that no rule answers, and what was probably meant', async () => {
    const { out } = await called(['explain', path, '--moment', 'hesitatoin'])
    expect(out).toBe('hesitatoin → hold: no-rule\n   did you mean "hesitation"?')
  })
})

describe('diff', () => {
  const one = file(good)

  test('of the same two nothing, and 0', async () => {
    const { out, code } = await called(['diff', one, file(good), '--context', file({})])
    expect(out).toContain('the rulesets are the same')
    expect(out).toContain('1 decision: none differs')
    expect(code).toBe(0)
  })

  test('rules are told by their ids; one that is left out is not there', async () => {
    const two = createRuleset(
      [createRule({ id: 'new' }), createRule({ id: 'r1', limits: { perDay: 1 }, cancelOn: ['scroll'] })],
      { version: 2, groups: { vip: ['a'] } },
    )
    const { changes, code } = await json('diff', one, file(two))
    expect(changes).toEqual([
      { kind: 'changed', path: 'version', before: 1, after: 2 },
      { kind: 'added', path: 'groups', after: { vip: ['a'] } },
      { kind: 'added', rule: 'new', path: '' },
      { kind: 'added', rule: 'r1', path: 'limits', after: { perDay: 1 } },
      { kind: 'added', rule: 'r1', path: 'cancelOn', after: ['scroll'] },
    ])
    expect(code).toBe(1)
    const { out, err } = await called(['diff', one, file(bad)])
    expect(err).toContain('rule "r1" is left out: rules[0]: wanted only')
    expect(out).toContain('- rule "r1"\n+ rule "r2"')
  })

  test('another order of equal rules is a change', async () => {
    const [a, b] = [createRule({ id: 'a' }), createRule({ id: 'b' })]
    const { out } = await called(['diff', file(createRuleset([a, b])), file(createRuleset([b, a]))])
    expect(out).toContain('~ order of the rules for hesitation: ["a","b"] → ["b","a"]')
  })

  test('what shoppers get instead, each context at each moment', async () => {
    const two = createRuleset([createRule({ when: { 'cart.total': { $gte: 40 } } }), createRule({ id: 'x', on: 'rage-click' })]) // prettier-ignore
    const context = file('{"cart":{"total":12}}\n{"cart":{"total":50}}\n')
    const { decisions } = await json('diff', one, file(two), '--context', context)
    expect(decisions).toEqual([
      {
        context: `${context}[0]`,
        moment: 'hesitation',
        before: 'show r1/a',
        after: 'hold: condition (r1)',
        share: 1,
      },
      {
        context: `${context}[0]`,
        moment: 'rage-click',
        before: 'hold: no-rule',
        after: 'show x/a',
        share: 1,
      },
      {
        context: `${context}[1]`,
        moment: 'rage-click',
        before: 'hold: no-rule',
        after: 'show x/a',
        share: 1,
      },
    ])
  })

  test('another nudge of the same variant is a change too', async () => {
    const two = createRuleset([createRule({ variants: [{ id: 'a', nudge: { ...nudge, durationMs: 5 } }] })])
    const { out } = await called(['diff', one, file(two), '--context', file({})])
    expect(out).toContain('show r1/a → show r1/a, another nudge')
  })

  test('for what share of the visitors', async () => {
    const two = createRuleset([createRule({ holdout: 25 })])
    const { decisions } = await json('diff', one, file(two), '--context', file({}), '--visitors', '1000')
    expect(decisions).toMatchObject([{ before: 'show r1/a', after: 'ghost r1/a' }])
    expect(decisions[0]!.share).toBeCloseTo(0.25, 1)
  })

  test('a trace that is not right is named, the others are done', async () => {
    const broken = join(folder, 'broken.jsonl')
    writeFileSync(broken, 'no trace')
    const [help, patient, trace] = ['docs/examples/help.json', 'docs/examples/patient.json', 'docs/examples/pricing.jsonl'] // prettier-ignore
    const { out, err, code } = await called(['diff', help, patient, broken, trace])
    expect(err).toContain('broken.jsonl: line 1: wanted JSON')
    expect(out).toMatch(/^-\s+0:02\.9 {2}hesitation/m)
    expect(code).toBe(1)
  })
})

test('replay speaks to programs by --json too', async () => {
  const { runs } = await json('replay', 'docs/examples/pricing.jsonl')
  expect(runs).toMatchObject([{ ruleset: null }])
})
