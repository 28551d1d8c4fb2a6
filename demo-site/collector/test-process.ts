/** The collector in a process of its own, by its own command: for tests that kill it and for the bench. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface CollectorProcess {
  readonly url: string
  readonly child: ChildProcess
  /** By a signal; resolves when it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** @throws what it wrote to stderr, where it ends before it listens */
export const startCollector = async (
  dataDir: string,
  flags: readonly string[] = [],
  port = 0,
): Promise<CollectorProcess> => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'serve.ts'), ...flags],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PORT: `${port}`, DATA_DIR: dataDir } },
  )
  let trouble = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (trouble += text))
  const gone = once(child, 'close')
  const listening = once(createInterface(child.stdout), 'line') as Promise<[string]>
  const line = await Promise.race([listening.then(([text]) => text), gone.then(() => undefined)])
  if (line === undefined) throw new Error(trouble.trim())
  return {
    url: line.slice(line.indexOf('http')),
    child,
    end: async (signal) => {
      child.kill(signal)
      await gone
    },
  }
}
