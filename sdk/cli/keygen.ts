import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { exits, usageFault, type Command } from './command'
import { algorithms, createPrivatePem, publicKeyOf, readPrivatePem, type Algorithm } from './signature'

const help = `Usage: splitsecond keygen [--algorithm ed25519|p256] [--out <private.pem>]

Makes a key to sign rulesets with, writes the private half to a file that only you can read, and prints the public half as
the attribute for the script tag. A file that is there is never overwritten.

  --algorithm <name>   ed25519 (default), or p256 for browsers without Ed25519 (Chromium before 137, Safari before 17,
                       Firefox before 129)
  --out <file>         default private.pem

Keep the private key out of the shop and out of the repository: whoever has it can publish nudges.

Exit codes: 0 done; 1 the file could not be written; 2 called wrongly.`

export const keygen: Command = {
  summary: 'a key to sign rulesets with',
  help,
  run(args, { out }) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        algorithm: { type: 'string', default: 'ed25519' },
        out: { type: 'string', default: 'private.pem' },
      },
    })
    const { algorithm, out: file } = values
    if (!algorithms.includes(algorithm as Algorithm))
      throw usageFault(`--algorithm: wanted ${algorithms.join(' or ')}, found ${algorithm}`)
    const pem = createPrivatePem(algorithm as Algorithm)
    try {
      writeFileSync(file, pem, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      throw Error(
        `${file}: wanted a new file, found ${code === 'EEXIST' ? 'one that is there: a key is never overwritten' : message}`,
        { cause: error },
      )
    }
    out(`${file}: a private ${algorithm} key; keep it to yourself`)
    out(`data-public-key="${publicKeyOf(readPrivatePem(pem))}"`)
    return exits.done
  },
}
