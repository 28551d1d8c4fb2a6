import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCollector } from '../index'
import { collectorForEach, lines } from '../test-collector'
import { pageEvent } from '../test-events'

const { close, dataDir, ids, restart, send } = collectorForEach()

describe('the store', () => {
  it('is made with its directory, survives a restart, and is one file once closed', async () => {
    await close()
    const fresh = join(dataDir(), 'not', 'there')
    const first = await createCollector({ dataDir: fresh })
    const event = pageEvent()
    await first.app.request('/v1/events', { method: 'POST', body: lines(event) })
    await first.close()
    await expect(readFile(join(fresh, 'events.duckdb.wal'))).rejects.toThrow('ENOENT')
    const second = await createCollector({ dataDir: fresh })
    expect(await (await second.app.request('/v1/events')).text()).toContain(event.id)
    await second.close()
    await second.close()
  })

  it('writes what is under way before it closes', async () => {
    const event = pageEvent()
    const answer = send(lines(event))
    await new Promise((resolve) => setImmediate(resolve))
    await close()
    expect((await answer).accepted).toBe(1)
    await restart()
    expect(await ids()).toEqual([event.id])
  })

  it('refuses a file that is in use, naming it and what to do', async () => {
    await expect(createCollector({ dataDir: dataDir() })).rejects.toThrow(
      `The event store ${join(dataDir(), 'events.duckdb')} cannot be opened. Another collector is using it`,
    )
    await send(lines(pageEvent()))
    expect(await ids()).toHaveLength(1)
  })

  it('refuses a damaged file and leaves it as it is', async () => {
    await close()
    const file = join(dataDir(), 'events.duckdb')
    const damaged = (await readFile(file)).fill(7, 4096, 8192)
    await writeFile(file, damaged)
    await expect(createCollector({ dataDir: dataDir() })).rejects.toThrow(
      /events\.duckdb cannot be opened\. It seems damaged: move/,
    )
    expect((await readFile(file)).equals(damaged)).toBe(true)
    await rm(file)
    await restart()
  })

  it('refuses a data directory that is a file', async () => {
    const file = join(dataDir(), 'file')
    await writeFile(file, '')
    await expect(createCollector({ dataDir: file })).rejects.toThrow('must be a directory')
  })
})
