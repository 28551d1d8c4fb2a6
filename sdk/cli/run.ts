import { version } from '../src/version'
import { exits, type Command, type Io } from './command'
import { convert } from './convert'
import { diff } from './diff'
import { explain } from './explain'
import { keygen } from './keygen'
import { replay } from './replay'
import { sign } from './sign'
import { validate } from './validate'

/** One line for each command: the list is the registry. */
const commands: Readonly<Record<string, Command>> = {
  validate,
  explain,
  diff,
  replay,
  convert,
  keygen,
  sign,
}

const help = () => `splitsecond ${version}

Usage: splitsecond <command> …

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`)
  .join('\n')}

splitsecond <command> --help tells more.
Exit codes: 0 done; 1 a file that was given is not right; 2 called wrongly.`

/** @returns the exit code */
export async function run([name, ...args]: readonly string[], io: Io): Promise<number> {
  if (name === '--version') {
    io.out(version)
    return exits.done
  }
  if (name === undefined || name === '--help' || name === 'help') {
    io.out(help())
    return name === undefined ? exits.usage : exits.done
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    io.err(
      `splitsecond: wanted a command (${Object.keys(commands).join(', ')}), found ${JSON.stringify(name)}`,
    )
    return exits.usage
  }
  if (args.includes('--help')) {
    io.out(command.help)
    return exits.done
  }
  try {
    return await command.run(args, io)
  } catch (error) {
    const { message, exit, code = '' } = error as Error & { exit?: number; code?: string }
    io.err(`splitsecond ${name}: ${message}`)
    return exit ?? (code.startsWith('ERR_PARSE_ARGS') ? exits.usage : exits.fault)
  }
}
