/**
 * Opens the DuckDB file, or says in one sentence which file, what is wrong and what to do. Whatever is wrong,
 * what is stored stays as it is: no repair, no fresh start over an old file.
 */
import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { createSchema } from './schema'

export interface Database {
  readonly instance: DuckDBInstance
  close(): void
}

/**
 * Files that this process has open. DuckDB locks against other processes only: the same file opened twice
 * in one process would be written by both, so that has to be caught here.
 */
const open = new Set<string>()

const settings = {
  // All that is used is built in: never fetch an extension from the network.
  autoinstall_known_extensions: 'false',
  // Else it caches what it wrote until most of the machine's memory is full: with 256 MB it was still growing after a million
  // events. A report over a million nudges takes the same time with 96 MB as with 256.
  memory_limit: '128MB',
}

const advice = (problem: string): string => {
  if (/set lock|already open/i.test(problem)) {
    return 'Another collector is using it: stop that one, or give this one another data directory.'
  }
  if (/version/i.test(problem)) {
    return 'It was written by another release: use that one, or give this one another data directory.'
  }
  if (/permission|denied|read-only|EACCES|EPERM|EROFS/i.test(problem)) {
    return 'Make the directory writable, or choose another data directory.'
  }
  if (/EEXIST|ENOTDIR|not a directory|is a directory/i.test(problem)) {
    return 'The data directory must be a directory: choose another one.'
  }
  if (/no space|ENOSPC/i.test(problem)) return 'The disk is full: make room and start again.'
  return 'It seems damaged: move it (and the .wal beside it) elsewhere and start again with an empty store.'
}

const unusable = (file: string, cause: unknown): Error => {
  const problem = (cause instanceof Error ? cause.message : String(cause)).trim()
  return new Error(
    `The event store ${file} cannot be opened. ${advice(problem)} Nothing in it was deleted. (${problem})`,
    { cause },
  )
}

export const openDatabase = async (path: string): Promise<Database> => {
  const file = resolve(path)
  if (open.has(file)) throw unusable(file, 'already open in this process')
  open.add(file)
  try {
    await mkdir(dirname(file), { recursive: true })
    const instance = await DuckDBInstance.create(file, settings)
    try {
      const connection = await instance.connect()
      await createSchema(connection)
      connection.closeSync()
    } catch (error) {
      instance.closeSync()
      throw error
    }
    return {
      instance,
      close: () => {
        instance.closeSync()
        open.delete(file)
      },
    }
  } catch (error) {
    open.delete(file)
    throw unusable(file, error)
  }
}
