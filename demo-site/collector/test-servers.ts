/** Real servers for tests, from Debian's packages; a test says by name that it was skipped where one is not installed. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** One that takes long to answer, read from a cold disk, is there all the same. */
const isInstalled = (command: string): boolean => {
  const error: NodeJS.ErrnoException | undefined = spawnSync(command, ['--help'], {
    stdio: 'ignore',
    timeout: 5000,
  }).error
  return error?.code !== 'ENOENT'
}

export const hasClickhouse = isInstalled('clickhouse-server')
export const hasNats = isInstalled('nats-server')

export interface TestServer {
  readonly port: number
  /** As a crash does it: nothing is flushed or told. */
  kill(): Promise<void>
  start(): Promise<void>
  /** For good, its data too. */
  stop(): Promise<void>
}

const freePort = async (): Promise<number> => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Asks until it is answered: how long a server takes to come up depends on the machine. */
const until = async (answers: () => Promise<boolean>, what: string): Promise<void> => {
  const end = Date.now() + 20_000
  while (!(await answers().catch(() => false))) {
    if (Date.now() > end) throw new Error(`${what} did not come up within 20 s`)
    await pause(25)
  }
}

interface Recipe {
  readonly command: string
  args(dir: string, port: number): string[]
  answers(port: number): Promise<boolean>
}

const run = async ({ command, args, answers }: Recipe): Promise<TestServer> => {
  const dir = mkdtempSync(join(tmpdir(), `splitsecond-${command}-`))
  const port = await freePort()
  const given = args(dir, port)
  let child: ChildProcess | undefined

  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const onExit = (): void => void child?.kill('SIGKILL')
  const start = async (): Promise<void> => {
    child = spawn(command, given, { stdio: 'ignore', cwd: dir })
    await until(() => answers(port), command)
  }
  // Whatever becomes of the tests: no server stays behind.
  process.once('exit', onExit)
  await start()
  return {
    port,
    kill,
    start,
    stop: async () => {
      await kill()
      process.off('exit', onExit)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const clickhouseConfig = (dir: string, port: number): string => `
<yandex>
  <logger><level>none</level><console>1</console></logger>
  <listen_host>127.0.0.1</listen_host><http_port>${port}</http_port>
  <path>${dir}/data/</path><tmp_path>${dir}/tmp/</tmp_path>
  <mark_cache_size>67108864</mark_cache_size>
  <users><default>
    <password></password><networks><ip>127.0.0.1</ip></networks>
    <profile>default</profile><quota>default</quota>
  </default></users>
  <profiles><default></default></profiles><quotas><default></default></quotas>
</yandex>
`

export const startClickhouse = (): Promise<TestServer> =>
  run({
    command: 'clickhouse-server',
    args: (dir, port) => {
      mkdirSync(join(dir, 'tmp'))
      writeFileSync(join(dir, 'config.xml'), clickhouseConfig(dir, port))
      return [`--config-file=${join(dir, 'config.xml')}`]
    },
    answers: async (port) => (await fetch(`http://127.0.0.1:${port}/ping`)).ok,
  })

export const startNats = (): Promise<TestServer> =>
  run({
    command: 'nats-server',
    args: (dir, port) => ['-js', '-sd', dir, '-a', '127.0.0.1', '-p', `${port}`, '-m', `${port + 1}`],
    answers: async (port) => (await fetch(`http://127.0.0.1:${port + 1}/healthz`)).ok,
  })
