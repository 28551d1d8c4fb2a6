import type { Page } from '@playwright/test'
import type { Handle } from '../../sdk/src/handle'
import { anyNudge, armed, call, expect, expectSeen, nudgeOf, test } from '../kit/fixtures'
import { corpora, hostileAddresses } from '../kit/hostile-texts'
import { openLab, ruleOn, ruleset } from '../kit/lab'

/**
 * Whatever a ruleset, a cart or an account says: what the shopper gets is text in a nudge of ours, and a page that is as
 * it was. Hundreds of texts are previewed in one page, in every field of every surface.
 */
const surfaces = ['toast', 'bar', 'modal', 'slide-in', 'inline', 'tip'] as const
type Surface = (typeof surfaces)[number]

const picture = '/art/lab.svg'
const body = `<h1>Lab</h1><p><button id="buy" type="button">Buy</button></p>
  <div data-splitsecond-slot="here" style="min-height:200px"></div><p>What comes after it.</p>`

/** A nudge that has all fields there are, each with the next of the texts. */
const nudgeWith = (surface: Surface, text: (field: number) => string) => ({
  surface,
  copy: { en: { title: text(0), body: text(1), close: text(2) } },
  image: { src: picture, width: 40, height: 40, alt: { en: text(3) } },
  actions: [
    { label: { en: text(4) }, do: 'copy', code: text(5).slice(0, 200) || 'none', done: { en: text(6) }, failed: { en: text(7) } },
    { label: { en: text(8) }, do: 'link', href: '/there' },
  ],
  ...(surface === 'inline' && { place: { slot: 'here' } }),
  ...(surface === 'tip' && { anchor: '#buy' }),
}) // prettier-ignore

interface Case {
  readonly name: string
  readonly nudge: object
  /** The shopper's name in his account. */
  readonly value?: string
}
interface Looked {
  /** By name, those that came to be seen. */
  readonly shown: readonly string[]
  readonly faults: readonly string[]
  /** Pictures of theirs. */
  readonly sources: readonly string[]
}

/** Previews one after the other and looks at each in the page; runs there. */
const look = async (cases: readonly Case[]): Promise<Looked> => {
  const { splitsecond } = window as unknown as { splitsecond: Handle }
  const shown: string[] = []
  const faults: string[] = []
  const sources: string[] = []
  const current = () =>
    [...document.querySelectorAll('[data-splitsecond-stage]')]
      .map((host) => host.shadowRoot!.querySelector<HTMLElement>('[data-rule]'))
      .find(Boolean)
  const boxOf = (element: Element) => element.getBoundingClientRect()
  /** As long as the page's largest paint is open, words are boxes of their own and pictures drawn; isolated text always is. */
  const ours = 'div p h2 a button img canvas.image span.word bdi dialog'.split(' ')
  /** A picture has the size that the ruleset gives it, and no other style. */
  const sized = 'width: 40px; height: 40px;'
  const lookAt = (nudge: HTMLElement, fault: (text: string) => void) => {
    for (const element of nudge.querySelectorAll('*')) {
      if (!ours.some((it) => element.matches(it))) fault(`holds a ${element.localName}`)
      for (const { name, value } of element.attributes)
        if (/^on|^style$|^srcdoc$/.test(name) && !(element.matches('.image') && value === sized))
          fault(`has an attribute ${name}`)
      const written = element.getAttribute('href') ?? element.getAttribute('src')
      // An address that cannot be read leads nowhere.
      if (written === null || !URL.canParse(written, document.baseURI)) continue
      const { protocol, href } = new URL(written, document.baseURI)
      if (element instanceof HTMLImageElement) sources.push(href.split('#')[0]!)
      const may = element instanceof HTMLImageElement ? /^https?:$/ : /^(https?|mailto|tel):$/
      if (!may.test(protocol)) fault(`leads to ${href}`)
    }
    if (nudge.querySelectorAll('a, button').length !== 3) fault('has not its three controls')
    const view = document.documentElement
    if (view.scrollWidth > view.clientWidth) fault(`scrolls the page sideways: ${view.scrollWidth}`)
    const own = boxOf(nudge)
    const isIn = own.left >= 0 && own.right <= innerWidth + 0.5
    if (!isIn || (nudge.dataset['surface'] !== 'inline' && (own.top < 0 || own.bottom > innerHeight + 0.5)))
      fault(`is at ${JSON.stringify(own)}`)
    for (const control of nudge.querySelectorAll('a, button')) {
      const { width, height, left, right } = boxOf(control)
      if (width < 24 || height < 24) fault(`has a control of ${width} × ${height}`)
      if (left < own.left - 0.5 || right > own.right + 0.5) fault(`has a control at ${left}–${right}`)
    }
    const close = nudge.querySelector('.close')!
    close.scrollIntoView({ block: 'nearest' })
    const { left, top, width, height } = boxOf(close)
    const root = nudge.getRootNode() as ShadowRoot
    if (!close.contains(root.elementFromPoint(left + width / 2, top + height / 2))) fault('cannot be closed')
  }
  for (const { name, nudge, value } of cases) {
    if (value !== undefined) splitsecond.identify({ account: { name: value } })
    const before = current()
    await splitsecond.preview(nudge as never)
    const now = current()
    if (!now || now === before) continue
    shown.push(name)
    lookAt(now, (fault) => faults.push(`${name}: ${fault}`))
  }
  return { shown, faults, sources }
}

/** Of a spec that is refused the console says where, what was wanted, and what was found. */
const refusal = /^splitsecond: preview: (copy|actions|image)[^\n]*: wanted [^\n]+, found /

async function open(page: Page, shop: string) {
  const beyond: string[] = []
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await page.addInitScript(() => {
    const hits = ((window as unknown as { hits: string[] }).hits = [] as string[])
    for (const name of ['hit', 'alert', 'confirm', 'prompt', 'print', 'open'])
      Object.assign(window, { [name]: () => void hits.push(name) })
  })
  await page.route(/./, (route) => {
    const request = route.request()
    const isPicture = request.resourceType() === 'image'
    if (!isPicture && request.url().startsWith(shop)) return route.fallback()
    if (!request.url().endsWith(picture)) beyond.push(request.url())
    return route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' })
  })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openLab(page, { rules: ruleset([ruleOn('after')]), body })
  await armed(page)
  const { length } = page.context().pages()
  return {
    beyond,
    /** Nothing of all that has run, led away, or asked anything of anybody. */
    async expectUnharmed() {
      expect(await page.evaluate(() => (window as unknown as { hits: string[] }).hits)).toEqual([])
      expect(dialogs).toEqual([])
      expect(new URL(page.url()).pathname).toBe('/lab')
      expect(page.context().pages()).toHaveLength(length)
      await call(page, 'moment', 'after')
      await expectSeen(nudgeOf(page, 'on-after'))
    },
  }
}

for (const { name, here, texts } of corpora)
  test(
    `texts of ${name}: in every field they are but text`,
    { tag: name === 'our own' ? [] : '@once' },
    async ({ page, shop, consoleLines }) => {
      test.skip(!here, `${name}.json is not in shared/data`)
      test.slow()
      const all = texts()
      const { beyond, expectUnharmed } = await open(page, shop)
      // Before the first input texts are laid out word by word: the one is as good as the other.
      if (name !== 'our own') await page.mouse.click(5, 5)
      for (const [turn, surface] of surfaces.entries())
        await test.step(surface, async () => {
          /** Our own meet each surface; of the many that others found each meets some. */
          const meets = (index: number, every: number) => name === 'our own' || index % every === turn % every
          const written = all
            .map((text, index) => ({
              name: `${surface} ${index} ${text.slice(0, 60)}`,
              nudge: nudgeWith(surface, (field) => all[(index + field * 7) % all.length]!),
            }))
            .filter((_, index) => meets(index, 3))
          const ruleset = await page.evaluate(look, written)
          const filled = all
            .map((value) => ({
              name: `${surface} filled with ${value.slice(0, 60)}`,
              nudge: nudgeWith(surface, () => 'For {{account.name|you}}, today'),
              value,
            }))
            .filter((_, index) => meets(index, surfaces.length))
          const values = await page.evaluate(look, filled)
          expect([...ruleset.faults, ...values.faults]).toEqual([])
          expect(values.shown, 'no value keeps a nudge back').toHaveLength(filled.length)
          const clean = written.filter(({ nudge }) => !/\{\{|.{1001}/.test(JSON.stringify(nudge)))
          expect(ruleset.shown).toEqual(expect.arrayContaining(clean.map((it) => it.name)))
          await expect.poll(() => consoleLines.length).toBe(written.length - ruleset.shown.length)
          expect(consoleLines.filter((line) => !refusal.test(line))).toEqual([])
          consoleLines.splice(0)
        })
      expect(beyond).toEqual([])
      await expectUnharmed()
    },
  )

test(
  'addresses: a link leads where links may lead, a picture is a picture, and all others are refused by name',
  { tag: '@once' },
  async ({ page, shop, consoleLines }) => {
    const { beyond, expectUnharmed } = await open(page, shop)
    // From the first input on a picture is an element that says what it asked for.
    await page.mouse.click(5, 5)
    const cases = hostileAddresses.flatMap((address) => {
      const { actions, image, ...nudge } = nudgeWith('toast', () => 'Words')
      const [copy, link] = actions
      const name = address.slice(0, 60)
      return [
        { name: `link ${name}`, nudge: { ...nudge, image, actions: [copy, { ...link, href: address }] } },
        { name: `picture ${name}`, nudge: { ...nudge, actions, image: { ...image, src: address } } },
      ]
    })
    const { shown, faults, sources } = await page.evaluate(look, cases)
    expect(faults).toEqual([])
    for (const scheme of ['javascript:', 'vbscript:', 'data:', 'blob:', 'file:', 'intent:', 'feed:'])
      expect(
        shown.filter((it) => it.startsWith(`link ${scheme}`) || it.startsWith(`picture ${scheme}`)),
      ).toEqual([])
    expect(shown).toEqual(expect.arrayContaining(['link /javascript:hit()', 'link javascript&colon;hit()']))
    await expect.poll(() => consoleLines.length).toBeGreaterThanOrEqual(cases.length - shown.length)
    const refused = consoleLines.filter((line) => line.startsWith('splitsecond:'))
    expect(refused).toHaveLength(cases.length - shown.length)
    const said =
      /preview: (actions\[1\]\.href: wanted a link|image\.src: wanted an address): http\(s\):.* relative, found "/
    expect(refused.filter((line) => !said.test(line))).toEqual([])
    consoleLines.splice(0)
    // What was asked for is what the rulesets named, no more.
    expect(beyond.filter((url) => !sources.includes(url))).toEqual([])
    await expectUnharmed()
  },
)

test(
  'what the shop answers to a coupon, or throws, is but text',
  { tag: '@once' },
  async ({ page, shop, consoleLines }) => {
    const { expectUnharmed } = await open(page, shop)
    const [{ texts }] = corpora as unknown as [(typeof corpora)[number]]
    const answers = texts().filter((text) => /[<{$]|\u202E/.test(text))
    expect(answers.length).toBeGreaterThan(10)
    await page.evaluate((all) => {
      const { splitsecond } = window as unknown as { splitsecond: Handle }
      const left = [...all]
      splitsecond.provide('coupon', () => {
        throw Error(left.shift())
      })
    }, answers)
    const label = { en: 'Use it' }
    await call(page, 'preview', {
      ...nudgeWith('toast', () => 'Words'),
      actions: [{ label, do: 'coupon', code: 'TEN' }],
    } as never)
    const nudge = anyNudge(page)
    for (const answer of answers) {
      await nudge.getByRole('button', { name: 'Use it' }).click()
      const read = answer.slice(0, 200).replace(/\u2068([^\u2068\u2069]*)\u2069/g, '$1')
      await expect(nudge.locator('[part=result]')).toHaveText(read)
      expect(await nudge.locator('[part=result] :not(bdi, span.word)').count()).toBe(0)
    }
    expect(consoleLines).toEqual([])
    await nudge.getByRole('button', { name: 'Words' }).last().click()
    await expectUnharmed()
  },
)
