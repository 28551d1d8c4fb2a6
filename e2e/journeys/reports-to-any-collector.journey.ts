import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { hasClickHouse, serveClickHouse } from '../kit/clickhouse'
import { takeOut } from '../kit/console-lines'
import { armed, call, expect, expectSeen, flush, nudgeOf, test } from '../kit/fixtures'
import { openLab, ownTag, ruleOn, ruleset } from '../kit/lab'
import { serveReceivers } from '../kit/receivers'

/** A shop that tells several collectors at once; whatever one of them does, the others hear all. */
const rules = ruleset([ruleOn('doubt')])

interface Lab {
  taken: { id: string }[]
  dataLayer?: { event?: string; splitsecond?: { id: string } }[]
}

// The page itself comes from Playwright, which to the browser is no address of this machine's.
test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['local-network-access'])
})

/** The page's own function for the format `callback`, there before the script is. */
const provides = (page: Page) =>
  page.addInitScript(() => {
    const lab = window as unknown as Lab & { splitsecond: { q: unknown[] } }
    lab.taken = []
    lab.splitsecond = {
      q: [['provide', 'events', (events: { id: string }[]) => void lab.taken.push(...events)]],
    }
  })
const taken = (page: Page) => page.evaluate(() => (window as unknown as Lab).taken.map(({ id }) => id))
const pushed = (page: Page) =>
  page.evaluate(() =>
    ((window as unknown as Lab).dataLayer ?? []).map(({ splitsecond }) => String(splitsecond?.id)),
  )

/** As docs/collectors.md has it. */
const ownFormat = /```js\n(export default \{[\s\S]*?)```/.exec(
  readFileSync(new URL('../../docs/collectors.md', import.meta.url), 'utf8'),
)![1]!

/** Ids of all the events in a collector's requests, each as often as it came. */
const logIds = (body: string) =>
  [...body.matchAll(/"log\.record\.uid","value":\{"stringValue":"([^"]+)"/g)].map(([, id]) => id!)
const idsIn = (body: string) => (JSON.parse(body) as { id: string }[]).map(({ id }) => id)

test(
  'six formats under the strictest policy: each has every event once, one of them being down at first',
  { tag: '@once' },
  async ({ page, shop, collector, consoleLines }) => {
    const away = await serveReceivers()
    const policy = `default-src 'none'; script-src 'self'; connect-src ${shop} ${away.url}; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'`
    try {
      away.status.set('/cloudevents', 503)
      await provides(page)
      await page.route('/my-format.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: ownFormat }),
      )
      await openLab(page, {
        rules,
        head: `<meta http-equiv="content-security-policy" content="${policy}">`,
        tag: {
          ...ownTag,
          'data-format': 'cloudevents ndjson callback otlp datalayer /my-format.js',
          'data-collector': `${away.url}/cloudevents /v1/events ${away.url}/v1/logs ${away.url}/own`,
        },
      })
      await armed(page)
      await call(page, 'moment', 'doubt')
      await expectSeen(nudgeOf(page, 'on-doubt'))
      await nudgeOf(page, 'on-doubt').getByRole('button', { name: 'Thanks' }).click()
      await collector.waitForShown('on-doubt')
      await flush(page)
      const ids = async () => (await collector.all()).map(({ id }) => id).sort()
      const all = await ids()
      expect(all.length).toBeGreaterThan(4)

      // What the others have does not wait for the one that is down.
      const arrived = async () => ({
        otlp: away.bodiesAt('/v1/logs').flatMap(logIds).sort(),
        own: away
          .bodiesAt('/own')
          .flatMap((body) => idsIn(body))
          .sort(),
        callback: (await taken(page)).sort(),
      })
      expect(await arrived()).toEqual({ otlp: all, own: all, callback: all })
      expect(away.bodiesAt('/cloudevents')).toEqual([])

      away.status.clear()
      await flush(page)
      const late = away
        .bodiesAt('/cloudevents')
        .flatMap((body) => idsIn(body))
        .sort()
      expect(late).toEqual(await ids())
      const told = (await collector.all()).filter(({ type }) =>
        /^(moment|decision|nudge|outcome)$/.test(type),
      )
      expect((await pushed(page)).sort()).toEqual(told.map(({ id }) => id).sort())
      takeOut(consoleLines, /cloudevents answers 503/, /Failed to load resource.*503/)
    } finally {
      await away.close()
    }
  },
)

test(
  'without consent no function of the page and no dataLayer hears a word, nor is any format loaded',
  { tag: '@once' },
  async ({ page }) => {
    await provides(page)
    const parts: string[] = []
    page.on('request', (request) => parts.push(new URL(request.url()).pathname))
    await openLab(page, {
      rules,
      head: '<script>window.dataLayer = []</script>',
      tag: {
        'data-ruleset': '/lab/rules.json',
        'data-format': 'callback datalayer',
        'data-consent': 'pending',
      },
    })
    await armed(page)
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
    await flush(page)
    expect([await taken(page), await pushed(page)]).toEqual([[], []])
    expect(parts.filter((path) => /beacon|formats|callback|datalayer/.test(path))).toEqual([])

    await call(page, 'consent', 'granted')
    await expect
      .poll(async () => {
        await flush(page)
        return [(await taken(page)).length > 0, (await pushed(page)).length > 0]
      })
      .toEqual([true, true])
    await call(page, 'consent', 'denied')
    const before = [await taken(page), await pushed(page)]
    await call(page, 'track', 'order_complete', { value: 1 })
    await flush(page)
    expect([await taken(page), await pushed(page)]).toEqual(before)
  },
)

test(
  'G6: a browser writes into a real ClickHouse, one event has a field that its table does not know: the others arrive',
  { tag: '@once' },
  async ({ page, consoleLines }) => {
    test.skip(!hasClickHouse, 'clickhouse-server is not installed')
    const clickhouse = await serveClickHouse()
    try {
      const [table] = /CREATE TABLE splitsecond_events[\s\S]*?ORDER BY [^\n`]*/.exec(
        readFileSync(new URL('../../docs/collectors.md', import.meta.url), 'utf8'),
      )!
      // Only what was painted, or was to be, says how it fitted.
      await clickhouse.ask(table.replace(/\n *fit [^\n]*/, ''))
      await page.clock.install()
      await openLab(page, {
        rules,
        tag: { ...ownTag, 'data-format': 'clickhouse', 'data-collector': clickhouse.url },
      })
      await armed(page)
      await call(page, 'moment', 'doubt')
      await expect(nudgeOf(page, 'on-doubt')).toBeAttached()
      await page.clock.runFor(1000)
      await call(page, 'track', 'order_complete', { value: 129, currency: 'EUR' })
      // The page's clock runs through the pauses between tries; a request has 5 s of it.
      const stored = async () => {
        await page.clock.runFor(1000)
        return (await clickhouse.ask('SELECT DISTINCT type FROM splitsecond_events ORDER BY type')).split(
          '\n',
        )
      }
      await expect
        .poll(stored, { intervals: [60], timeout: 20_000 })
        .toEqual(expect.arrayContaining(['decision', 'moment', 'outcome', 'page']))
      const counts = await clickhouse.ask(
        "SELECT count(), uniqExact(id), countIf(type = 'nudge') FROM splitsecond_events",
      )
      const [rows, ids, poison] = counts.split('\t').map(Number)
      expect([ids, poison]).toEqual([rows, 0])
      const [name, value] = (
        await clickhouse.ask(
          "SELECT name, visitParamExtractRaw(event, 'data') FROM splitsecond_events WHERE type = 'outcome'",
        )
      ).split('\t')
      expect([name, JSON.parse(value!)]).toEqual(['order_complete', { value: 129, currency: 'EUR' }])
      takeOut(consoleLines, /answers 500/, /Failed to load resource.*500/)
    } finally {
      await clickhouse.close()
    }
  },
)
