import { parseArgs } from 'node:util'
import type { Ruleset } from '../schema/ruleset'
import { fromRrweb } from '../replay'
import { exits, usageFault, type Command } from './command'
import { readJson } from './read-files'

const help = `Usage: splitsecond convert <session.rrweb.json> [--ruleset <rules.json>] > trace.jsonl

Turns a recording of rrweb (a JSON array of its events, or { "events": […] }) into a trace. Lengths, places and times are
taken over, texts are not.

  --ruleset <rules.json>   its "pages" say what type a page is; without one every page is "other"

Exit codes: 0 done; 1 the recording or ruleset is not right; 2 called wrongly.`

export const convert: Command = {
  summary: 'an rrweb recording into a trace',
  help,
  run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ruleset: { type: 'string' } },
      allowPositionals: true,
    })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0)
      throw usageFault(`wanted one recording, found ${positionals.length} (see --help)`)
    const { pages } = (values.ruleset ? readJson(values.ruleset, io) : {}) as Partial<Ruleset>
    try {
      io.out(fromRrweb(readJson(file, io), pages ? { pages } : {}).trimEnd())
    } catch (error) {
      const { message } = error as Error
      throw message.startsWith(file) ? error : Error(`${file}: ${message}`, { cause: error })
    }
    return exits.done
  },
}
