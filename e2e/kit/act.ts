import { setTimeout as pause } from 'node:timers/promises'
import type { CDPSession, Page } from '@playwright/test'
import type { Deed, Place, Spot } from '../../sdk/scenarios/deeds'
import { layoutOf, typeOf } from '../../sdk/scenarios/layouts'
import type { Scenario } from '../../sdk/scenarios/scenario'

/** A browser samples the mouse once a frame. */
const frameMs = 16

/**
 * A hand that does in a real browser what a scenario says: real input by the devtools protocol, each deed at its time.
 * `lateMs` tells how far the machine fell behind: a story told too slowly is another story.
 */
export function createHand(page: Page, devtools: CDPSession, { device, layout, title }: Scenario) {
  const state = {
    due: performance.now(),
    lateMs: 0,
    mouse: [600, 500] as Place,
    focused: '',
  }
  const touch = device === 'touch'

  /** Until its time has come. */
  const until = async (ms: number) => {
    state.due += ms
    const left = state.due - performance.now()
    state.lateMs = Math.max(state.lateMs, -left)
    // The pause is the deed: this is how long the shopper waits.
    if (left > 1) await pause(left)
  }
  const here = async () => (await page.evaluate(() => location.pathname.split('/')[2])) ?? layout
  const at = async (spot: Spot): Promise<Place> => {
    if (typeof spot !== 'string') return spot
    const box = layoutOf(await here()).things[spot]?.box
    if (!box) throw Error(`${title}: no ${spot}`)
    const scrolled = await page.evaluate(() => scrollY)
    return [box[0] + box[2] / 2, box[1] + box[3] / 2 - scrolled]
  }
  const travel = async (to: Place, ms: number) => {
    const from = state.mouse
    const steps = Math.max(1, Math.round(ms / frameMs))
    for (let step = 1; step <= steps; step++) {
      await until(ms / steps)
      const share = step / steps
      await page.mouse.move(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share)
    }
    state.mouse = to
  }
  const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel', place?: Place) =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: place ? [{ x: place[0], y: place[1] }] : [],
    })
  const press = async ({ on, off, holdMs }: Deed & { do: 'press' }) => {
    const [x, y] = await at(on)
    const place: Place = [x + off[0], y + off[1]]
    const there = Math.hypot(place[0] - state.mouse[0], place[1] - state.mouse[1]) < 1
    if (!touch && !there) await travel(place, 200)
    await (touch ? finger('touchStart', place) : page.mouse.down())
    await until(holdMs)
    await (touch ? finger('touchEnd') : page.mouse.up())
  }
  const wheel = async (px: number, ms: number) => {
    const turns = Math.max(1, Math.round(ms / 50))
    for (let turn = 0; turn < turns; turn++) {
      await page.mouse.wheel(0, px / turns)
      await until(ms / turns)
    }
  }
  const fling = async (px: number, ms: number) => {
    const speed = Math.round((Math.abs(px) / ms) * 1000)
    const gesture = { yDistance: -px, speed, gestureSourceType: 'touch', preventFling: true } as const
    await devtools.send('Input.synthesizeScrollGesture', { x: 390, y: px > 0 ? 700 : 150, ...gesture })
    state.due = Math.max(state.due + ms, performance.now())
  }
  const leave = async (by: 'top' | 'side' | 'bottom', pxPerS: number) => {
    const [x, y] = state.mouse
    const { width, height } = page.viewportSize()!
    const edge: Place = by === 'top' ? [x, 4] : by === 'side' ? [width - 4, y] : [x, height - 4]
    await travel(edge, (Math.hypot(edge[0] - x, edge[1] - y) / pxPerS) * 1000)
    const beyond: Place = by === 'top' ? [x, -20] : by === 'side' ? [width + 20, y] : [x, height + 20]
    await travel(beyond, frameMs)
  }
  const tab = async (to: string) => {
    const isThere = () => page.evaluate((name) => document.activeElement?.matches(name), to)
    for (let presses = 0; presses < 30 && !(await isThere()); presses++) await page.keyboard.press('Tab')
    state.due = Math.max(state.due, performance.now())
  }
  const focus = (name: string) =>
    page.evaluate((it) => document.querySelector<HTMLElement>(it)?.focus(), name)
  const keys = async (texts: readonly string[], everyMs: number) => {
    for (const key of texts) {
      await until(everyMs)
      await (key.length === 1 ? page.keyboard.type(key) : page.keyboard.press(key))
    }
  }
  /** Paste, or (nothing) undo: what nobody types. */
  const fill = async (field: string, text: string) => {
    await focus(field)
    if (!text) return page.keyboard.press('Control+z')
    await page.evaluate((it) => navigator.clipboard.writeText(it), text)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+v')
  }
  const compose = async (text: string, ms: number) => {
    for (let length = 1; length <= text.length; length++) {
      const soFar = { text: text.slice(0, length), selectionStart: length, selectionEnd: length }
      await devtools.send('Input.imeSetComposition', soFar)
      await until(ms / text.length)
    }
    await devtools.send('Input.insertText', { text })
  }

  const act = async (deed: Deed): Promise<unknown> => {
    switch (deed.do) {
      case 'wait':
        return until(deed.ms)
      case 'move':
        return travel(await at(deed.to), deed.ms)
      case 'press':
        return press(deed)
      case 'button':
        return deed.down ? page.mouse.down() : page.mouse.up()
      case 'gesture': {
        const place = await at(deed.on)
        await finger('touchStart', place)
        await finger('touchMove', [place[0], place[1] + 60])
        await until(300)
        return finger('touchCancel')
      }
      case 'activate':
        await focus(deed.on)
        return page.keyboard.press('Enter')
      case 'tab':
        return tab(deed.to)
      case 'scriptFocus':
        return focus(deed.to)
      case 'type':
        return keys(Array.from(deed.text), deed.everyMs)
      case 'erase':
        return keys(
          Array.from({ length: deed.count }, () => 'Backspace'),
          deed.everyMs,
        )
      case 'selectAll':
        return page.keyboard.press('Control+a')
      case 'fill':
        return fill(deed.field, deed.text)
      case 'compose':
        return compose(deed.text, deed.ms)
      case 'clear':
        return page.evaluate((it) => (document.querySelector<HTMLInputElement>(it)!.value = ''), deed.field)
      case 'scroll':
        return touch ? fling(deed.px, deed.ms) : wheel(deed.px, deed.ms)
      case 'scriptScroll':
        return page.evaluate((to) => scrollTo(0, to), deed.to)
      case 'leave':
        return leave(deed.by, deed.pxPerS)
      case 'comeBack':
        return travel(deed.to, frameMs)
      case 'go':
        return page.evaluate(([to, how]) => (window as unknown as Lab).go(to, how), [
          deed.to,
          deed.how,
        ] as const)
      case 'history':
        return page.evaluate((by) => void setTimeout(() => history.go(by), 0), deed.steps)
      case 'fault':
        return page.evaluate(() => (window as unknown as Lab).fail())
      default:
        throw Error(`${title}: no hand can ${deed.do} in ${typeOf(layout)}`)
    }
  }

  return {
    async all(deeds: readonly Deed[]) {
      if (!touch) await page.mouse.move(...state.mouse)
      state.due = performance.now()
      for (const deed of deeds) await act(deed)
      return state.lateMs
    },
  }
}

interface Lab {
  go(to: string, how: string): void
  fail(): void
}
