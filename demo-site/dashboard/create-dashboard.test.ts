import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCollector, type Collector } from '../collector/index'

let dataDir: string
let collector: Collector

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'splitsecond-dashboard-'))
  collector = await createCollector({ dataDir })
})

afterAll(async () => {
  await collector.close()
  await rm(dataDir, { recursive: true })
})

const get = async (path: string) => collector.app.request(path)

describe('the dashboard', () => {
  it('is a page with nothing inline, under a policy that forbids it', async () => {
    const response = await get('/dashboard')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain(`default-src 'none'`)
    expect(policy).toContain(`require-trusted-types-for 'script'`)
    expect(policy).not.toContain('unsafe')
    const page = await response.text()
    expect(page).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)/)
  })

  it('serves what the page asks for', async () => {
    const page = await (await get('/dashboard')).text()
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '')
    expect(addresses).toHaveLength(3)
    const answers = await Promise.all(addresses.map(get))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await get('/dashboard/client.js')).headers.get('content-type')).toContain('text/javascript')
    // The chart's own styles come along in the bundle.
    expect(await (await get('/dashboard/client.css')).text()).toContain('.uplot')
  })

  it('answers a wrong span of time with what it wanted', async () => {
    expect((await get('/dashboard/activity?since=soon')).status).toBe(400)
    expect(await (await get('/dashboard/activity')).json()).toMatchObject({
      anything: false,
      series: [],
      chains: [],
    })
  })

  it('is found with a slash too', async () => {
    const response = await get('/dashboard/')
    expect([response.status, response.headers.get('location')]).toEqual([302, '/dashboard'])
  })
})
