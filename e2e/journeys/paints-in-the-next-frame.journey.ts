import { expect, nudgeOf, started, test, call } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

/** One press: in which frame after it something was at the spot, and when that frame was over. */
interface Run {
  readonly by: 'ours' | 'bare'
  readonly calledAt: number
  /** Times of the frames since the press. */
  readonly frames: readonly number[]
  /** Which of them (from 1) first had it at the spot. */
  readonly seenIn?: number
  /** How long it took by our script's own word; for the bare box, by that of an observer like ours. */
  readonly total?: number
}

/** Appends a bare box in its handler, or raises a moment in it, and looks at the spot in each frame. */
const watcher = `<button id="bare">Bare</button> <button id="ours">Ours</button>
<script>
  const runs = []
  let run
  const spot = () => document.elementFromPoint(innerWidth - 60, innerHeight - 60)
  const look = (time) => {
    if (run) {
      run.frames.push(time)
      if (!run.seenIn && spot()?.matches('[data-splitsecond-stage], .box')) run.seenIn = run.frames.length
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  const begin = (by) => runs.push((run = { by, calledAt: performance.now(), frames: [] }))
  bare.onclick = () => {
    begin('bare')
    const box = document.createElement('div')
    box.className = 'box'
    box.textContent = 'May we help?'
    box.style = 'position:fixed;right:16px;bottom:16px;width:360px;height:120px;background:#eee'
    document.body.append(box)
    const own = run
    const observer = new IntersectionObserver(() => {
      observer.disconnect()
      own.total = performance.now() - own.calledAt
    }, { threshold: 0.5 })
    observer.observe(box)
  }
  ours.onclick = () => {
    begin('ours')
    splitsecond.moment('doubt')
  }
  document.addEventListener('splitsecond:nudge', ({ detail }) => {
    if (detail.phase === 'shown') run.total = detail.splits.total
  })
</script>`

test(
  'a nudge is painted in the very frame that a bare box would be',
  { tag: ['@once', '@firefox'] },
  async ({ page, shopper, collector, browserName }) => {
    await openLab(page, { rules: ruleset([ruleOn('doubt')]), body: watcher })
    await started(page)
    await call(page, 'refresh')
    await collector.waitFor('page')
    const nudge = nudgeOf(page, 'on-doubt')
    const box = page.locator('.box')
    const runs = () => page.evaluate('runs') as Promise<Run[]>
    /** Not before its frame has been looked at may a box be taken away. Firefox counts whole milliseconds, from 0. */
    const painted = () => expect.poll(async () => (await runs()).at(-1)?.total).toBeGreaterThanOrEqual(0)
    // Firefox is driven more slowly.
    const rounds = browserName === 'firefox' ? 2 : 5
    for (let round = 0; round < rounds; round++) {
      await shopper.press(page.locator('#bare'))
      await painted()
      await box.evaluate((element) => element.remove())
      await shopper.press(page.locator('#ours'))
      await painted()
      await shopper.press(nudge.getByRole('button', { name: 'Thanks' }))
      await expect(nudge).toHaveCount(0)
    }

    const all = await runs()
    const seenIn = (by: Run['by']) => all.filter((run) => run.by === by).map((run) => run.seenIn)
    expect(seenIn('bare')).toEqual(Array.from({ length: rounds }, () => 1))
    expect(seenIn('ours')).toEqual(seenIn('bare'))

    /** How many frames after the one that showed it the paint was reported. */
    const lateness = (by: Run['by']) =>
      all
        .filter((run) => run.by === by)
        .map(({ calledAt, total, frames, seenIn: first }) => {
          const painted = calledAt + total!
          expect(painted).toBeGreaterThanOrEqual(frames[first! - 1]! - 1)
          return frames.slice(first).filter((time) => time < painted).length
        })
        .sort((a, b) => a - b)
    // In the middle within one frame, as the browser itself reports the bare box; and never later than that, plus one.
    const [ours, bare] = [lateness('ours'), lateness('bare')]
    expect(ours[rounds >> 1]).toBeLessThanOrEqual(1)
    expect(ours.at(-1)).toBeLessThanOrEqual(Math.max(1, bare.at(-1)! + 1))
    const shown = await collector.waitFor('nudge', (event) => event.phase === 'shown', rounds)
    expect(shown).toHaveLength(rounds)
  },
)
