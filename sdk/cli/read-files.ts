import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from './command'
import { faultIn } from './written-json'

/** Files by name; a folder stands for the traces in it. */
export function filesOf(paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    asFile(path, () => statSync(path).isDirectory())
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.jsonl'))
          .sort()
          .map((name) => join(path, name))
      : [path],
  )
}

export const readText = (path: string) => asFile(path, () => readFileSync(path, 'utf8'))

/** A file, or with `-` the standard input; without the mark that some editors begin a file with, as `fetch` reads it. */
export const readInput = (path: string, { input }: Io) =>
  (path === '-' && input ? asFile(path, input) : readText(path)).replace(/^\uFEFF/, '')

/** A fault names the file. */
export function readJson(path: string, io: Io): unknown {
  const text = readInput(path, io)
  try {
    return JSON.parse(text)
  } catch (error) {
    const { place, wanted, found } = faultIn(text, error as Error)
    throw Error(`${path}:${place.line}:${place.column}: wanted ${wanted}, found ${found}`, { cause: error })
  }
}

function asFile<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw Error(`${path}: wanted a file to read, found ${code === 'ENOENT' ? 'none' : message}`, {
      cause: error,
    })
  }
}
