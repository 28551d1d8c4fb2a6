import { parseArgs } from 'node:util'
import { exits, usageFault, type Command, type Io } from './command'
import { examine, type Examined, type PlacedProblem } from './examine'
import { pictureOf } from './problem'
import { readInput } from './read-files'
import { readNow } from './read-now'

const help = `Usage: splitsecond validate <rules.json | ->… [options]

Says all that is wrong with rulesets, each with its line and column, what was wanted and what was found: errors (a browser
refuses the ruleset, or leaves the rule or the option out), and warnings (it takes it, and some of it has no effect: rules that
never show, attributes that nobody gives).

  --moments <name,…>       moments that the page raises itself (splitsecond.moment)
  --attributes <path,…>    attributes that the page gives itself (splitsecond.set, traits), with all below them
  --now <date>             judges what has expired as of then; default: now
  --strict                 warnings count as problems
  --json                   the same for programs

Exit codes: 0 done, no errors; 1 a ruleset is not right, or cannot be read (with --strict: or there are warnings); 2 called wrongly.`

const options = {
  moments: { type: 'string', default: '' },
  attributes: { type: 'string', default: '' },
  now: { type: 'string' },
  strict: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

const names = (text: string) => text.split(',').filter(Boolean)

export const validate: Command = {
  summary: 'what is wrong with rulesets, and which rules never show',
  help,
  run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    if (positionals.length === 0) throw usageFault('wanted a ruleset, found none (see --help)')
    const given = {
      now: readNow(values.now),
      moments: names(values.moments),
      attributes: names(values.attributes),
    }
    const found = positionals.map((file) => {
      const text = readFile(file, io)
      return typeof text === 'string' ? { file, text, ...examine(text, given) } : { file, text: '', ...text }
    })
    const count = (of: 'error' | 'warning') =>
      found.flatMap(({ problems }) => problems).filter(({ severity }) => severity === of).length
    const [errors, warnings] = [count('error'), count('warning')]
    if (values.json) io.out(JSON.stringify({ errors, warnings, files: found.map(forPrograms) }, null, 2))
    else for (const it of found) print(it, io)
    return errors > 0 || (values.strict && warnings > 0) ? exits.fault : exits.done
  },
}

/** A file that cannot be read is one problem; the others are looked at all the same. */
function readFile(file: string, io: Io): string | Examined {
  try {
    return readInput(file, io)
  } catch (error) {
    const message = (error as Error).message.replace(`${file}: `, '')
    const problem: PlacedProblem = { severity: 'error', code: 'no-file', keys: [], path: '', message, line: 1, column: 1, length: 1 } // prettier-ignore
    return { problems: [problem], rules: 0, refused: true, leftOut: [] }
  }
}

const forPrograms = ({ text: _text, problems, ...file }: Examined & { file: string; text: string }) => ({
  ...file,
  problems: problems.map(({ keys: _keys, part: _part, ...problem }) => problem),
})

function print(
  { file, text, problems, rules, refused, leftOut }: Examined & { file: string; text: string },
  { out }: Io,
) {
  for (const problem of problems) {
    const { severity, line, column, path, message, suggestion, rule } = problem
    const subject = [rule && `rule ${JSON.stringify(rule)}`, path].filter(Boolean).join(': ')
    out(`${file}:${line}:${column}: ${severity}: ${subject && `${subject}: `}${message}`)
    if (text) for (const row of pictureOf(text, problem)) out(row)
    if (suggestion !== undefined) out(`   did you mean ${JSON.stringify(suggestion)}?`)
    out('')
  }
  const count = (of: string) => {
    const { length } = problems.filter(({ severity }) => severity === of)
    return length === 0 ? [] : [`${length} ${of}${length === 1 ? '' : 's'}`]
  }
  const effect = refused
    ? 'refused'
    : leftOut.length > 0
      ? `${leftOut.length} of ${rules} rules left out`
      : `${rules} rule${rules === 1 ? '' : 's'} taken`
  out(`${file}: ${[effect, ...count('error'), ...count('warning')].join(', ')}`)
}
