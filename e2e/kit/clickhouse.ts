import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const program = ['/usr/sbin/clickhouse-server', '/usr/bin/clickhouse-server'].find(existsSync)

/** Debian's `clickhouse-server` is on this machine. */
export const hasClickHouse = program !== undefined

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const users = `<yandex><profiles><default/></profiles><quotas><default/></quotas><users><default>
  <password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
</default></users></yandex>`

/** A ClickHouse of its own, in a folder that goes with it; only what speaks HTTP is open. */
export async function serveClickHouse() {
  const folder = await mkdtemp(join(tmpdir(), 'clickhouse-'))
  const [http, tcp] = [await freePort(), await freePort()]
  const config = join(folder, 'config.xml')
  await writeFile(join(folder, 'users.xml'), users)
  await writeFile(
    config,
    `<yandex><logger><level>error</level><console>1</console></logger><listen_host>127.0.0.1</listen_host>
      <http_port>${http}</http_port><tcp_port>${tcp}</tcp_port><path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path>
      <users_config>users.xml</users_config><default_profile>default</default_profile>
      <default_database>default</default_database><mark_cache_size>5242880</mark_cache_size></yandex>`,
  )
  const server = spawn(program!, [`--config-file=${config}`], { stdio: 'ignore', cwd: folder })
  const url = `http://127.0.0.1:${http}/`
  const ask = async (query: string) => {
    const answer = await fetch(url, { method: 'POST', body: query })
    const text = await answer.text()
    if (!answer.ok) throw Error(text)
    return text.trim()
  }
  const isUp = () =>
    fetch(`${url}ping`).then(
      ({ ok }) => ok,
      () => false,
    )
  for (let tries = 0; !(await isUp()); tries++) {
    if (tries > 300 || server.exitCode !== null) throw Error('clickhouse-server does not come up')
    await pause(100)
  }
  return {
    url,
    ask,
    async close() {
      server.kill('SIGKILL')
      await once(server, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
