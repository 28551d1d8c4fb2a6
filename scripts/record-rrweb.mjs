/**
 * Records a short session in the demo shop with rrweb: the fixture that the converter is tested with.
 *
 *   npm install --prefix <folder> rrweb@2.2.2 --ignore-scripts
 *   node --import tsx scripts/record-rrweb.mjs <folder> > sdk/test/shop.rrweb.json
 *
 * rrweb is no dependency of the project; it is wanted only to record the fixture anew. Style sheets are left out:
 * they are most of a snapshot, and the converter never looks at them.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { startServer } from '../demo-site/server.ts'
import { launchOptions } from '../e2e/kit/browser.ts'
import { createShopper } from '../e2e/kit/shopper.ts'

const [folder] = process.argv.slice(2)
const rrweb = readFileSync(join(folder, 'node_modules/rrweb/dist/rrweb.umd.min.cjs'), 'utf8')
const dataDir = mkdtempSync(join(tmpdir(), 'splitsecond-rrweb-'))
const server = await startServer({ port: 0, dataDir })
const browser = await chromium.launch(launchOptions())
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
const events = []
await page.exposeFunction('keepEvent', (event) => events.push(JSON.parse(event)))
await page.addInitScript(rrweb)
await page.addInitScript(() => {
  // rrweb asks an empty frame for untouched prototypes: that is not to be recorded.
  if (globalThis.top !== globalThis.self) return
  const begin = () =>
    globalThis.rrweb.record({
      emit: (event) => globalThis.keepEvent(JSON.stringify(event)),
      inlineStylesheet: false,
      recordCanvas: false,
      slimDOMOptions: 'all',
      maskAllInputs: false,
      userTriggeredOnInput: true,
    })
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin)
  else begin()
})
const shopper = createShopper(page, false)
const address = (path) => `${server.url}${path}?sdk=off`

/** The shopper does nothing for so long: the rest is what is recorded. */
const rest = (ms) => page.waitForTimeout(ms)

await page.goto(address('/pricing'))
await shopper.hover(page.locator('[data-cta]').first())
await rest(2600)
await shopper.hover(page.locator('h1'))
await rest(600)
await page.goto(address('/support'))
const message = page.locator('textarea').first()
await shopper.press(message)
for (let round = 0; round < 3; round++) {
  await shopper.type(message, 'Wrong lid')
  await shopper.erases(message)
}
await shopper.type(message, 'Wrong lid')
await page.mouse.wheel(0, 600)
await rest(1200)

await browser.close()
await server.close()
rmSync(dataDir, { recursive: true, force: true })

/** Where the shop ran is nobody's business, and drawings are most of what is left. */
const light = (node) => ({
  ...node,
  childNodes: node.tagName === 'svg' ? [] : node.childNodes?.map(light),
})
const told = events.map((event) =>
  event.type === 2 ? { ...event, data: { ...event.data, node: light(event.data.node) } } : event,
)
const shop = new RegExp(server.url, 'g')
process.stdout.write(
  `[\n${told.map((it) => JSON.stringify(it)).join(',\n')}\n]\n`.replace(shop, 'https://shop.example'),
)
