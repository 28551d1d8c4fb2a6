import type { CDPSession, Page } from '@playwright/test'
import { armed, call, expect, flush, passes, test, type Collector } from '../kit/fixtures'
import { openLab, ruleset } from '../kit/lab'

const watchAll = ruleset([], { observe: 'all' })
/** A field at the top, a button that answers, and a page that is long enough to be thrown. */
const body = `<form id="form"><label>Question <textarea id="text" rows="3"></textarea></label></form>
  <button id="buy" type="button" onclick="this.textContent += '!'">Add</button>
  <iframe id="frame" title="Payment" srcdoc="<input id='card' autocomplete='off' style='width:90%;height:60px'>"
    style="width:90%;height:90px"></iframe>
  <div style="height:3000px">Words</div>`

/** Silence takes time: as much as the slowest of what could be found here (`dead-click` 5 s after its suspect). */
const silenceMs = 1500

async function found(page: Page, collector: Collector) {
  // An outcome behind them: all that was found before has arrived when it has.
  await call(page, 'track', 'done')
  await flush(page)
  await collector.waitFor('outcome')
  return (await collector.events('moment')).map(({ moment: { name, phase } }) => `${name} ${phase}`)
}

/** What an input method does: each step replaces the composition, then it is taken. */
async function compose(devtools: CDPSession, steps: readonly string[], taken = steps.at(-1)!) {
  for (const text of steps) {
    const at = text.length
    await devtools.send('Input.imeSetComposition', { text, selectionStart: at, selectionEnd: at })
  }
  await devtools.send('Input.insertText', { text: taken })
}

const languages = {
  Chinese: [
    [['n', 'ni', 'ni h', 'ni ha', 'ni hao'], '你好'],
    [['q', 'qi', 'qing', 'qing w', 'qing wen'], '请问'],
    [['s', 'sh', 'she', 'shen', 'shenm', 'shenme'], '什么'],
    [['s', 'sh', 'shi', 'shih', 'shiho', 'shihou'], '时候'],
  ],
  Japanese: [
    [['h', 'は', 'はい', 'はいs', 'はいそ', 'はいそう', '配送'], '配送'],
    [['h', 'は', '葉', '歯', 'は'], 'は'],
    [['i', 'い', 'いt', 'いつ', '何時', 'いつ'], 'いつ'],
    [['d', 'で', 'です', 'ですか'], 'ですか'],
  ],
  Korean: [
    [['ㅂ', '배', '뱃', '배소', '배송'], '배송'],
    [['ㅇ', '으', '은'], '은'],
    [['ㅇ', '어', '언', '언ㅈ', '언제'], '언제'],
    [['ㅇ', '오', '옵', '오비', '오비니', '옵니까'], '옵니까'],
  ],
} as const

test.describe('a phone in one hand', { tag: '@touch' }, () => {
  test.beforeEach(async ({ page }) => {
    await openLab(page, { rules: watchAll, body, path: '/lab/product' })
    await armed(page)
  })

  for (const [language, words] of Object.entries(languages))
    test(`${language} by an input method is calm typing, candidates and all`, async ({
      page,
      context,
      collector,
    }) => {
      const devtools = await context.newCDPSession(page)
      await page.locator('#text').tap()
      for (const [steps, taken] of words) await compose(devtools, steps, taken)
      expect(await page.locator('#text').inputValue()).toBe(words.map(([, taken]) => taken).join(''))
      await passes(page, silenceMs)
      expect(await found(page, collector)).toEqual([])
    })

  test('the same words by an input method, wiped and written again and again, are rage', async ({
    page,
    context,
    collector,
  }) => {
    const devtools = await context.newCDPSession(page)
    await page.locator('#text').tap()
    for (let time = 0; time < 4; time++) {
      for (const [steps, taken] of languages.Korean) await compose(devtools, steps, taken)
      for (let length = (await page.locator('#text').inputValue()).length; length > 0; length--)
        await page.keyboard.press('Backspace')
    }
    await collector.waitFor('moment', ({ moment }) => moment.name === 'rage-typing')
  })

  test('the keyboard takes half of the window, and gives it back', async ({ page, collector }) => {
    const { width, height } = page.viewportSize()!
    await page.locator('#text').tap()
    await page.setViewportSize({ width, height: Math.round(height * 0.55) })
    await page.keyboard.type('When does it come?', { delay: 40 })
    await page.evaluate(() => scrollTo({ top: 120 }))
    await page.locator('#text').blur()
    await page.setViewportSize({ width, height })
    await page.evaluate(() => scrollTo({ top: 0 }))
    await passes(page, silenceMs)
    expect(await found(page, collector)).toEqual([])
  })

  test('the device is turned', async ({ page, collector }) => {
    const { width, height } = page.viewportSize()!
    await page.locator('#buy').tap()
    await page.setViewportSize({ width: height, height: width })
    await page.setViewportSize({ width, height })
    await passes(page, silenceMs)
    expect(await found(page, collector)).toEqual([])
  })

  test('a pinch over a button, and while the page moves', async ({ page, context, collector }) => {
    const devtools = await context.newCDPSession(page)
    const { x, y } = (await page.locator('#buy').boundingBox())!
    for (const scaleFactor of [2, 0.5])
      await devtools.send('Input.synthesizePinchGesture', { x, y, scaleFactor, relativeSpeed: 800 })
    const two = (spread: number, by: number) => [
      { x: 200 - spread, y: 400 + by, id: 0 },
      { x: 200 + spread, y: 400 + by, id: 1 },
    ]
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: two(30, 0) })
    for (let step = 1; step <= 10; step++)
      await devtools.send('Input.dispatchTouchEvent', {
        type: 'touchMove',
        touchPoints: two(30 + step * 8, -step * 20),
      })
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await passes(page, silenceMs)
    expect(await found(page, collector)).toEqual([])
  })

  test('pulled down to refresh, three times', async ({ page, context, collector }) => {
    const devtools = await context.newCDPSession(page)
    for (let pull = 0; pull < 3; pull++) {
      await devtools.send('Input.dispatchTouchEvent', {
        type: 'touchStart',
        touchPoints: [{ x: 200, y: 300 }],
      })
      for (let step = 1; step <= 12; step++)
        await devtools.send('Input.dispatchTouchEvent', {
          type: 'touchMove',
          touchPoints: [{ x: 200, y: 300 + step * 25 }],
        })
      await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    }
    await passes(page, silenceMs)
    expect(await found(page, collector)).toEqual([])
  })

  test('thrown down, stopped with a tap, thrown on', async ({ page, context, collector }) => {
    const devtools = await context.newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
      devtools.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 380, y }] })
    for (let fling = 0; fling < 2; fling++) {
      await touch('touchStart', 700)
      for (let y = 660; y > 200; y -= 60) await touch('touchMove', y)
      await touch('touchEnd')
      await page.touchscreen.tap(380, 500)
    }
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(500)
    await passes(page, silenceMs)
    expect(await found(page, collector)).toEqual([])
  })

  test('the finger goes into a payment frame: that is no way out', async ({ page, collector }) => {
    await page.locator('#text').tap()
    await page.frameLocator('#frame').locator('#card').tap()
    await page.keyboard.type('4242', { delay: 40 })
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('frame')
    await passes(page, 6500)
    expect(await found(page, collector)).toEqual([])
  })
})

test.describe('a page from right to left', () => {
  const aside = `<button id="dead" type="button">Size guide</button>
    <div id="strip" style="width:100%;overflow-x:auto"><div style="width:3000px;height:80px">Words</div></div>`

  test.beforeEach(async ({ page }) => {
    await openLab(page, {
      rules: watchAll,
      body: `<div dir="rtl" lang="ar">${aside}${body}</div>`,
      path: '/lab/product',
    })
    await page.evaluate(() => (document.documentElement.dir = 'rtl'))
    await armed(page)
  })

  test('is read, and its strip is pushed along: silence', async ({ page, collector }) => {
    await page.locator('#strip').hover()
    for (let turn = 0; turn < 6; turn++) await page.mouse.wheel(-200, 0)
    await expect.poll(() => page.locator('#strip').evaluate((strip) => strip.scrollLeft)).toBeLessThan(-200)
    await passes(page, silenceMs)
    expect(await found(page, collector)).toEqual([])
  })

  test('has a button that does nothing, like any other', async ({ page, shopper, collector }) => {
    await shopper.press(page.locator('#dead'))
    await collector.waitFor(
      'moment',
      ({ moment }) => moment.name === 'dead-click' && moment.phase === 'suspect',
    )
  })
})
