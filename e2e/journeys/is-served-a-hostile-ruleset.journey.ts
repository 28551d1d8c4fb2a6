import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { ownLines } from '../kit/console-lines'
import { armed, call, expect, expectSeen, flush, nudgeOf, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'
import type { Shopper } from '../kit/shopper'

/** What stands at the ruleset's address, and what the console then says of it. */
const attacks: Readonly<Record<string, readonly [body: string | Buffer, says: RegExp]>> = {
  'five megabytes': [JSON.stringify(ruleset([ruleOn('x', { owner: 'o'.repeat(5_000_000) })])), /at most 1000000 bytes/],
  '100,000 levels': [`{"version":9,"rules":[${'{"when":'.repeat(100_000)}1${'}'.repeat(100_000)}]}`, /at most 32 levels/],
  'half a file': [JSON.stringify(ruleset([ruleOn('x')], { version: 9 })).slice(0, -40), /wanted JSON/],
  'random bytes': [randomBytes(200_000), /wanted (JSON|at most 32 levels)/],
  'a prototype for its groups': ['{"version":9,"rules":[],"groups":{"__proto__":{"vip":["u1"]}}}', /groups: wanted an object without __proto__/],
  'a prototype for itself': ['{"version":9,"rules":[],"__proto__":{"limits":{}}}', /wanted only .*, found "__proto__"/],
  'half a million rules': [`{"version":9,"rules":[${'0,'.repeat(480_000)}0]}`, /rules: wanted at most 10000 rules/],
} // prettier-ignore

/** The shop sells, whatever has become of us. */
async function expectAlive(page: Page, shopper: Shopper, presses: number) {
  await shopper.press(page.locator('#buy'))
  await expect(page.locator('#count')).toHaveText(String(presses))
}

async function dismiss(page: Page, shopper: Shopper, rule: string) {
  const nudge = nudgeOf(page, rule)
  await expectSeen(nudge)
  await shopper.press(nudge.getByRole('button', { name: 'Thanks' }))
  await expect(nudge).toHaveCount(0)
}

test(
  'hostile rulesets are served one after another: the last good one stays',
  { tag: '@once' },
  async ({ page, shopper, collector, consoleLines }) => {
    const names = Object.keys(attacks)
    const moments = names.map((_, index) => `doubt-${index}`)
    const good = (version: number, more: object[] = []) =>
      JSON.stringify(
        ruleset([...[...moments, 'again', 'later'].map((name) => ruleOn(name)), ...more], { version }),
      )
    let body: string | Buffer = good(1)
    await page.route('/lab/rules.json', (route) => route.fulfill({ contentType: 'application/json', body }))
    const lab = {
      tag: { 'data-ruleset': '/lab/rules.json', 'data-collector': '/v1/events', 'data-consent': 'granted' },
      body: '<button id="buy" onclick="count.textContent++">Buy</button> <output id="count">0</output>',
    }
    await openLab(page, lab)
    await armed(page)

    for (const [index, name] of names.entries())
      await test.step(name, async () => {
        const [attack, says] = attacks[name]!
        body = attack
        await call(page, 'refresh')
        expect(ownLines(consoleLines)).toHaveLength(1)
        expect(consoleLines[0]).toMatch(says)
        expect(consoleLines[0]!.length).toBeLessThan(600)
        consoleLines.splice(0)
        await call(page, 'moment', moments[index]!)
        const nudge = nudgeOf(page, `on-${moments[index]}`)
        await expectSeen(nudge)
        await shopper.press(nudge.getByRole('button', { name: 'Thanks' }))
        await expect(nudge).toHaveCount(0)
        await expectAlive(page, shopper, index + 1)
      })

    await test.step('at the next visit the kept copy arms the page', async () => {
      await openLab(page, lab)
      await armed(page)
      await call(page, 'moment', 'again')
      await dismiss(page, shopper, 'on-again')
      // The same trouble is told once, however often it is met.
      expect(ownLines(consoleLines)).toHaveLength(1)
      consoleLines.splice(0)
      await flush(page)
      const [shown] = await collector.waitFor('nudge', ({ rule }) => rule === 'on-again')
      expect(shown!.ruleset).toEqual({ version: 1 })
      await expectAlive(page, shopper, 1)
    })

    await test.step('of a thousand bad rules the first are named, and the good ones work', async () => {
      const runaway = Array.from({ length: 1000 }, (_, index) =>
        ruleOn('later', {
          id: `evil-${index}`,
          priority: 1,
          when: { 'page.path': { $regex: `(/|[a-z]+)+${index}$` } },
        }),
      )
      body = good(2, runaway)
      await call(page, 'refresh')
      const lines = ownLines(consoleLines)
      expect(lines).toHaveLength(21)
      expect(lines[0]).toMatch(/"evil-0" is left out: rules\[\d+\].*a pattern with bounded steps/)
      expect(lines.at(-1)).toContain('and 980 others')
      consoleLines.splice(0)
      await call(page, 'moment', 'later')
      await expectSeen(nudgeOf(page, 'on-later'))
      await expectAlive(page, shopper, 2)
    })
  },
)
