import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

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

/** A fault names the file. */
export function readJson(path: string): unknown {
  const text = readText(path)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw Error(`${path}: wanted JSON, found ${(error as Error).message}`, { cause: error })
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
