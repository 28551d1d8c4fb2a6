import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseTrace } from '../replay'
import { run } from './run'

const trace = 'docs/examples/pricing.jsonl'
const shoppers = 'docs/examples/shoppers.json'
const [help, patient] = ['docs/examples/help.json', 'docs/examples/patient.json']

async function called(...args: string[]) {
  const said = { out: [] as string[], err: [] as string[], progress: [] as string[] }
  const code = await run(args, {
    out: (text) => said.out.push(text),
    err: (text) => said.err.push(text),
    progress: (text) => said.progress.push(text),
  })
  return { code, out: said.out.join('\n'), err: said.err.join('\n'), progress: said.progress }
}
const folder = (files: Readonly<Record<string, string>>) => {
  const path = mkdtempSync(join(tmpdir(), 'splitsecond-cli-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  return path
}

describe('called wrongly, it says what it wanted and ends with 2', () => {
  test.each([
    [
      ['fly'],
      'splitsecond: wanted a command (validate, explain, diff, replay, convert, keygen, sign), found "fly"',
    ],
    [
      ['toString'],
      'splitsecond: wanted a command (validate, explain, diff, replay, convert, keygen, sign), found "toString"',
    ],
    [['replay'], 'splitsecond replay: wanted a trace, found none (see --help)'],
    [['replay', trace, '--fast'], "splitsecond replay: Unknown option '--fast'"],
    [['replay', trace, '--format', 'xml'], 'splitsecond replay: --format: wanted table or json, found xml'],
    [
      ['replay', trace, '--set', 'dwellMs=3'],
      '--set: wanted moments.<moment>.<option>=<value>, found dwellMs=3',
    ],
    [['replay', trace, '--set', 'moments.hesitatoin.dwellMs=3'], '--set: wanted a moment (back-on-checkout,'],
    [['replay', trace, '--moments', 'rage'], '--moments: wanted a moment (back-on-checkout,'],
    [['replay', trace, '--ruleset', 'a', '--ruleset', 'b', '--ruleset', 'c'], 'wanted at most 2, found 3'],
    [['convert'], 'splitsecond convert: wanted one recording, found 0'],
    [['validate'], 'splitsecond validate: wanted a ruleset, found none'],
    [['validate', help, '--now', 'soon'], '--now: wanted a date, found soon'],
    [['explain', '--moment', 'hesitation'], 'splitsecond explain: wanted one ruleset, found 0'],
    [['explain', help], '--moment: wanted the name of a moment, found none'],
    [
      ['explain', help, '--moment', 'hesitation', '--consent', 'yes'],
      '--consent: wanted granted, denied or pending, found yes',
    ],
    [
      ['explain', help, '--moment', 'hesitation', '--context', shoppers],
      '--context: wanted one object of attributes, found 3',
    ],
    [
      ['explain', help, '--moment', 'hesitation', '--evidence', '{"a"'],
      '--evidence: wanted name=value or a JSON object, found {"a"',
    ],
    [['diff', help], 'splitsecond diff: wanted two rulesets, found 1'],
    [
      ['diff', help, patient, '--visitors', 'all'],
      '--visitors: wanted a whole number from 1 to 100000, found all',
    ],
    [
      ['diff', help, patient, '--visitors', '2', '--visitor', 'a'],
      'either a number of visitors or --visitor, found both',
    ],
  ])('%j', async (args, message) => {
    const { code, err } = await called(...args)
    expect(err).toContain(message)
    expect(code).toBe(2)
  })
})

describe('given what is not right, it names the file and the line and ends with 1', () => {
  const broken = folder({
    'cut.jsonl': '{"trace":1}',
    'half.json': '{"version":',
    'no.json': '{ "version": "one", "rules": [] }',
    'rrweb.json': '[]',
    'shown.json': '[{ "rule": "a" }]',
  })
  test.each([
    [['replay', 'none.jsonl'], 'none.jsonl: wanted a file to read, found none'],
    [['replay', `${broken}/cut.jsonl`], 'cut.jsonl: line 1, sdk: wanted string, found nothing'],
    [['replay', trace, '--ruleset', `${broken}/half.json`], 'half.json:1:12: wanted JSON, found the end'],
    [['replay', trace, '--ruleset', `${broken}/no.json`], 'no.json: version'],
    [
      ['explain', `${broken}/no.json`, '--moment', 'a'],
      'no.json: version: wanted a whole number ≥ 0, found "one"',
    ],
    [
      ['explain', help, '--moment', 'a', '--shown', `${broken}/shown.json`],
      'shown.json: [0].agoMs: wanted a number, found nothing',
    ],
    [['diff', help, `${broken}/none.json`], 'none.json: wanted a file to read, found none'],
    [['convert', `${broken}/rrweb.json`], 'rrweb.json: wanted a full snapshot among the events, found none'],
  ])('%j', async (args, message) => {
    const { code, err } = await called(...args)
    expect(err).toContain(message)
    expect(code).toBe(1)
  })
})

describe('replay', () => {
  test('of one trace prints a timeline', async () => {
    const { code, out } = await called('replay', trace, '--ruleset', help)
    expect(code).toBe(0)
    expect(out).toMatch(/0:02\.9 {2}hesitation +confirmed +dwellMs 2000, dwellMinMs 2000/)
    expect(out).toMatch(/→ show +pricing-help\/a shown/)
    expect(out).toMatch(/→ hold +pricing-help limit\n +limits\.perSession: 1, wanted 1/)
  })

  test('names an option that no detector knows, and goes on', async () => {
    const { code, err } = await called('replay', trace, '--set', 'moments.hesitation.dwell=3')
    expect(err).toContain('moments.hesitation.dwell: wanted one of dwellMs')
    expect(code).toBe(0)
  })

  test('with two rulesets prints what differs', async () => {
    const { out } = await called('replay', trace, '--ruleset', help, '--ruleset', patient)
    expect(out).toMatch(/^- +0:02\.9 {2}hesitation/m)
    expect(out).toMatch(/^\+ +0:03\.5 {2}hesitation/m)
    expect(out).toMatch(/^ +0:09\.0 {2}sizing-doubt/m)
    expect(out).toMatch(/^\+ +0:54\.5 {2}hesitation +faded +96 %/m)
  })

  test('as JSON has all that was found', async () => {
    const { out } = await called('replay', trace, '--ruleset', help, '--format', 'json')
    const { file, runs } = JSON.parse(out) as { file: string; runs: Record<string, unknown>[] }
    expect(file).toBe(trace)
    expect(runs).toMatchObject([
      {
        ruleset: help,
        moments: [{ name: 'hesitation', phase: 'confirmed' }, {}, {}, {}, {}],
        decisions: [
          { verdict: 'show' },
          { reason: 'no-rule' },
          { reason: 'limit', trace: [{}, {}, {}, {}, {}] },
        ],
      },
    ])
  })

  test('of a folder prints rates, tells how far it is, and goes on after a file that is not right', async () => {
    const good = await import('node:fs').then(({ readFileSync }) => readFileSync(trace, 'utf8'))
    const path = folder({ 'a.jsonl': good, 'b.jsonl': 'no trace', 'c.jsonl': good, 'notes.txt': '' })
    const { code, out, err, progress } = await called('replay', path, '--ruleset', help)
    expect(out).toContain('2 traces, 0.03 visible hours')
    expect(out).toMatch(/hesitation +0 +0 +4 +120 +100\.0 %/)
    expect(err).toContain('b.jsonl: line 1: wanted JSON, found no trace')
    expect(progress).toEqual([
      expect.stringMatching(/^1 of 3 .*a\.jsonl$/),
      expect.stringMatching(/^2 of 3/),
      expect.stringMatching(/^3 of 3/),
      '',
    ])
    expect(code).toBe(1)
  })

  test('of many with two rulesets puts the rates side by side', async () => {
    const { out } = await called('replay', trace, trace, '--ruleset', help, '--ruleset', patient)
    expect(out).toMatch(/hesitation +0 +0 → 2 +4 → 2 +120 → 60/)
    expect(out).toMatch(/hold limit +2 → 0/)
  })
})

test('convert prints a trace', async () => {
  const { code, out } = await called('convert', 'sdk/test/shop.rrweb.json')
  expect(code).toBe(0)
  expect(parseTrace(out).header).toMatchObject({ sdk: 'rrweb', page: { path: '/pricing' } })
})

test.each([
  ['--help'],
  ...['validate', 'explain', 'diff', 'replay', 'convert', 'keygen', 'sign'].map((name) => [name, '--help']),
])('help is there: %s %s', async (...args) => {
  const { code, out } = await called(...args)
  expect(out).toContain('Exit codes: 0 done')
  expect(code).toBe(0)
})
