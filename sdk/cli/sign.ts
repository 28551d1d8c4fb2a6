import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compile } from '../src/decide'
import { parse } from '../src/decide/ruleset-cache'
import { exits, usageFault, type Command } from './command'
import { readText } from './read-files'
import { publicKeyOf, readPrivatePem, signatureOf } from './signature'

const help = `Usage: splitsecond sign <rules.json> --key <private.pem> [--key <another.pem>] [--out <rules.json.sig>] [--add]

Signs the file as it is, byte by byte, and writes the signature beside it: publish both, and put the printed attribute into
the script tag. Any later change of the file, a line end too, needs a new signature.

  --key <private.pem>  of splitsecond keygen; given twice (ed25519 and p256), both signatures are written
  --out <file>         default: the ruleset's name and .sig; - prints the signature alone (for a response header, or for
                       data-signature of a block in the page)
  --add                keeps the signatures that are in the file: upload it before the new ruleset, and there is no moment
                       in which the ruleset that is live has none

Exit codes: 0 done; 1 the ruleset or the key is not right; 2 called wrongly.`

/** What it is that is signed: nobody should find out in a browser. */
function check(file: string, bytes: Uint8Array, warn: (line: string) => void): number {
  try {
    const { ruleset, rejected } = compile(parse(new TextDecoder().decode(bytes)))
    for (const { rule, reason } of rejected)
      warn(`${file}: rule ${JSON.stringify(rule)} is left out: ${reason}`)
    return ruleset.version
  } catch (error) {
    throw Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}

const readKey = (file: string) => {
  const pem = readText(file)
  try {
    return readPrivatePem(pem)
  } catch (error) {
    throw Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}

export const sign: Command = {
  summary: 'the signature of a ruleset',
  help,
  run(args, { out, err }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        key: { type: 'string', multiple: true, default: [] },
        out: { type: 'string' },
        add: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0)
      throw usageFault(`wanted one ruleset, found ${positionals.length} (see --help)`)
    if (values.key.length === 0) throw usageFault('--key: wanted a private key, found none (see --help)')

    readText(file)
    const bytes = readFileSync(file)
    const version = check(file, bytes, err)
    const keys = values.key.map(readKey)
    const made = keys.map((key) => signatureOf(key, bytes))
    const target = values.out ?? `${file}.sig`
    if (target === '-') {
      out(made.join(' '))
      return exits.done
    }
    const before = values.add && existsSync(target) ? readText(target).split(/\s+/).filter(Boolean) : []
    writeFileSync(target, `${[...new Set([...made, ...before])].join('\n')}\n`)
    out(`${target}: version ${version} is signed`)
    out(`data-public-key="${keys.map(publicKeyOf).join(' ')}"`)
    return exits.done
  },
}
