#!/usr/bin/env node
/** The `splitsecond` command. */
import { readFileSync } from 'node:fs'
import { run } from './run'

// A reader that has seen enough (`| head`) closes the pipe: that is no fault.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  input: () => readFileSync(0, 'utf8'),
  ...(process.stderr.isTTY ? { progress: (text) => void process.stderr.write(`\r\x1b[K${text}`) } : {}),
})
