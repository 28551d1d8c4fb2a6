/**
 * `npm test`: types, lint, format, unit tests, build with size budgets, journeys in the browser. Every step runs,
 * whatever the one before found; the last line is the sum.
 *
 *   node scripts/test.mjs                 all
 *   node scripts/test.mjs unit            the SDK's, in seconds: no browser, no server, no file
 *   node scripts/test.mjs scenarios       shoppers' stories, and a million signals in any order
 *   node scripts/test.mjs demo            the demo shop's and its collector's, against the real store
 *   node scripts/test.mjs e2e [--project=… and whatever else Playwright takes]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { readmeSizes } from './readme-sizes.mjs'
import { findFirefox, prepare, root, say } from './setup.mjs'

const [which = 'all', ...rest] = process.argv.slice(2)
const { browser, shell } = prepare({ browser: which === 'all' || which === 'e2e' })
const reports = mkdtempSync(join(tmpdir(), 'splitsecond-'))
const sum = { passed: 0, failed: 0, skipped: 0 }

const bin = (name) => join(root, 'node_modules/.bin', name)
const run = (name, args, env = {}) =>
  spawnSync(bin(name), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  }).status === 0

function check(name, ok) {
  sum[ok ? 'passed' : 'failed']++
  console.log(`${ok ? '\x1b[32m✓\x1b[0m' : '\x1b[31m✗\x1b[0m'} ${name}`)
}
function count(name, ok, { passed, failed, skipped }) {
  sum.passed += passed
  sum.failed += failed
  sum.skipped += skipped
  // A runner that dies without a count must not pass for "nothing failed".
  if (!ok && failed === 0) sum.failed++
  console.log(
    `${ok ? '\x1b[32m✓\x1b[0m' : '\x1b[31m✗\x1b[0m'} ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`,
  )
}
const report = (name) => {
  const file = join(reports, name)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

function statics() {
  say('checking types')
  check('types', run('tsc', ['-p', '.']))
  say('linting')
  check('lint', run('oxlint', ['--type-aware', '--deny-warnings']))
  check('format', run('prettier', ['--check', '--log-level=warn', '.']))
}

function vitest(name, ...files) {
  say(name)
  const ok = run('vitest', [
    'run',
    ...files,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, `${name}.json`)}`,
  ])
  const found = report(`${name}.json`)
  const tests = (found?.testResults ?? []).flatMap((file) => file.assertionResults)
  for (const { status, fullName } of tests)
    if (status === 'pending' || status === 'skipped') console.log(`  skipped: ${fullName}`)
  count(name, ok, {
    passed: found?.numPassedTests ?? 0,
    failed: found?.numFailedTests ?? 0,
    skipped: (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0),
  })
}

const unit = () => vitest('unit tests', 'sdk/', '--exclude=sdk/scenarios/**')
const scenarios = () => vitest('scenarios', 'sdk/scenarios/')
const demo = () => vitest('tests of the demo and its collector', 'demo-site/')

async function buildStep(name, options) {
  let ok = true
  await build(options).catch((error) => {
    ok = false
    console.error(error.message)
  })
  check(name, ok)
  return ok
}

function packaging() {
  say('checking the package')
  check('publint', run('publint', ['--strict']))
  const wrong = readmeSizes()
  for (const line of wrong) console.error(line)
  check('the README’s sizes are those of the build', wrong.length === 0)
  check(
    'types resolve for every importer',
    run('attw', [
      '--pack',
      '.',
      '--exclude-entrypoints',
      'splitsecond.js',
      '--profile',
      'esm-only',
      '--format',
      'ascii',
      '--quiet',
    ]),
  )
}

function e2e() {
  say('journeys in the browser')
  const firefox = findFirefox()
  if (!firefox) console.log('  skipped: the journeys in Firefox (no firefox-esr on the PATH)')
  if (!browser)
    console.log('  skipped: the journeys with a back/forward cache (no Chromium but a headless shell)')
  const env = {
    ...(browser && { SPLITSECOND_BROWSER: browser }),
    ...(shell && { SPLITSECOND_SHELL: shell }),
    ...(firefox && { SPLITSECOND_FIREFOX: firefox }),
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'e2e.json'),
  }
  const ok = run(
    'playwright',
    ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json', ...rest],
    env,
  )
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report('e2e.json')?.stats ?? {}
  count('journeys', ok, { passed: expected, failed: unexpected + flaky, skipped })
}

if (which === 'unit') unit()
else if (which === 'scenarios') scenarios()
else if (which === 'demo') demo()
else if (which === 'e2e') {
  if (await buildStep('build', { ifStale: true })) e2e()
} else {
  statics()
  unit()
  scenarios()
  demo()
  if (await buildStep('build with size budgets')) {
    packaging()
    e2e()
  }
}
rmSync(reports, { recursive: true, force: true })
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exitCode = sum.failed > 0 ? 1 : 0
