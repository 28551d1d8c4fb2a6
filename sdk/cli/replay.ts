import { parseArgs } from 'node:util'
import { parseTrace, replay as replayTrace, type Replayed, type ReplayOptions } from '../replay'
import { catalogue } from '../src/detect/catalogue'
import { exits, usageFault, type Command, type Io } from './command'
import { createRates, ratesTable } from './rates'
import { filesOf, readJson, readText } from './read-files'
import { knownMoment, readSettings } from './read-settings'
import { clockOf, differenceOf, entriesOf } from './timeline'

const help = `Usage: splitsecond replay <trace.jsonl | folder>… [options]

Runs traces (as splitsecond.record() gives them) through the detectors and a ruleset, and prints what was found: moments,
suspects that faded and why, decisions with their reasons. Of many traces it prints rates per hour.

  --ruleset <rules.json>   the ruleset; given twice: the difference between the two. Without one all moments are
                           watched and nothing is decided
  --set <moments.name.option=value>   an option, over that of the ruleset; any number of them
  --moments <name,…>       watch these, whatever the ruleset asks for; "all" for all
  --context <ctx.json>     attributes that a trace does not hold (traits, scores, flags)
  --visitor <id>           the id by which buckets are taken; without it nobody is held out
  --format <table | json>  default: table; --json is short for json

Exit codes: 0 done; 1 a trace or ruleset is not right (the other traces are done); 2 called wrongly.`

const options = {
  ruleset: { type: 'string', multiple: true, default: [] as string[] },
  set: { type: 'string', multiple: true, default: [] as string[] },
  moments: { type: 'string' },
  context: { type: 'string' },
  visitor: { type: 'string' },
  format: { type: 'string', default: 'table' },
  json: { type: 'boolean', default: false },
} as const

export const replay: Command = {
  summary: 'what detectors and a ruleset make of recorded traces',
  help,
  run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const { ruleset: rulesets, format } = values
    if (rulesets.length > 2) throw usageFault(`--ruleset: wanted at most 2, found ${rulesets.length}`)
    if (!/^(table|json)$/.test(format)) throw usageFault(`--format: wanted table or json, found ${format}`)
    if (positionals.length === 0) throw usageFault('wanted a trace, found none (see --help)')
    const moments = values.moments === 'all' ? Object.keys(catalogue) : values.moments?.split(',')
    moments?.forEach((name) => knownMoment('--moments', name))
    const common: ReplayOptions = {
      settings: readSettings(values.set),
      ...(moments ? { moments } : {}),
      ...(values.context ? { context: readJson(values.context, io) as Record<string, unknown> } : {}),
      ...(values.visitor ? { visitor: { id: values.visitor } } : {}),
    }
    const runs: Run[] =
      rulesets.length > 0
        ? rulesets.map((path) => ({ name: path, options: { ...common, ruleset: readJson(path, io) } }))
        : [{ name: null, options: common }]
    const files = filesOf(positionals)
    if (files.length === 0) throw usageFault(`wanted a folder with traces (*.jsonl), found none in it`)
    const json = values.json || format === 'json'
    return files.length === 1 ? replayOne(files[0]!, runs, json, io) : replayMany(files, runs, json, io)
  },
}

/** One way to replay: with this ruleset, or with none. */
interface Run {
  readonly name: string | null
  readonly options: ReplayOptions
}

/** A fault names the file it is in. */
function replayFile(file: string, runs: readonly Run[]): Replayed[] {
  const trace = inFile(file, () => parseTrace(readText(file)))
  return runs.map(({ name, options }) => inFile(name ?? file, () => replayTrace(trace, options)))
}

const inFile = <T>(file: string, act: () => T): T => {
  try {
    return act()
  } catch (error) {
    const { message } = error as Error
    throw message.startsWith(file) ? error : Error(`${file}: ${message}`, { cause: error })
  }
}

function replayOne(file: string, runs: readonly Run[], json: boolean, { out, err }: Io): number {
  const found = replayFile(file, runs)
  const [one, two] = found
  for (const line of new Set(found.flatMap(({ complaints }) => complaints))) err(line)
  if (json) {
    const named = found.map((replayed, index) => ({ ruleset: runs[index]!.name, ...replayed }))
    out(JSON.stringify({ file, runs: named }, null, 2))
    return exits.done
  }
  const { header, from, until } = one!
  const began = new Date(header.startedAt).toISOString()
  out(`${file}: ${clockOf(until - from)} from ${began}, ${header.device.class}, ${header.page.path}\n`)
  if (two) {
    out(`--- ${runs[0]!.name}\n+++ ${runs[1]!.name}`)
    for (const line of differenceOf(entriesOf(one!), entriesOf(two))) out(line)
  } else for (const { text } of entriesOf(one!)) out(text)
  for (const [index, it] of found.entries()) {
    const confirmed = it.moments.filter(({ phase }) => phase === 'confirmed').length
    const shown = it.decisions.filter(({ verdict }) => verdict === 'show').length
    out(
      `\n${two ? `${runs[index]!.name}: ` : ''}${confirmed} confirmed, ${it.faded.length} faded, ${shown} shown`,
    )
  }
  return exits.done
}

function replayMany(files: readonly string[], runs: readonly Run[], json: boolean, io: Io): number {
  const sums = runs.map(createRates)
  const complaints = new Set<string>()
  const faults: string[] = []
  for (const [index, file] of files.entries()) {
    io.progress?.(`${index + 1} of ${files.length}  ${file}`)
    try {
      for (const [run, replayed] of replayFile(file, runs).entries()) {
        sums[run]!.add(replayed)
        for (const line of replayed.complaints) complaints.add(line)
      }
    } catch (error) {
      faults.push((error as Error).message)
    }
  }
  io.progress?.('')
  for (const line of [...complaints, ...faults]) io.err(line)
  const rates = sums.map((sum) => sum.rates())
  if (json) {
    const named = rates.map((rate, index) => ({ ruleset: runs[index]!.name, ...rate }))
    io.out(JSON.stringify({ files: files.length, faults, runs: named }, null, 2))
  } else {
    if (rates.length > 1) io.out(`${runs[0]!.name} → ${runs[1]!.name}`)
    for (const line of ratesTable(rates)) io.out(line)
  }
  return faults.length > 0 ? exits.fault : exits.done
}
