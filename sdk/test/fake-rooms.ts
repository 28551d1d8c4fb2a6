import { createPipeline, type Rooms } from '../src/pipeline'
import { createShowing } from '../src/showing'
import type { ActDecision, Decision, HoldDecision } from '../src/decide'
import { collide } from '../src/decide/instant'
import type { Found } from '../src/detect'
import type { NudgeEnd, Unrest } from '../src/terms'
import type { PageTime } from '../src/time'
import { createFakeClock } from './fake-clock'

/** An event as the pipeline said it. */
type Said = Record<string, unknown> & { type: string; at: number }

/** A moment as the runner hands it over. */
export const found = (over: Partial<{ [Key in keyof Found]: Found[Key] | number }> = {}): Found =>
  ({
    name: 'hesitation',
    phase: 'confirmed',
    onset: 0,
    at: 2000,
    heardAt: 2000,
    evidence: { dwellMs: 2000, dwellMinMs: 2000 },
    ...over,
  }) as Found

export const act = (over: Partial<ActDecision> = {}): ActDecision => ({
  verdict: 'show',
  reason: 'shown',
  rule: 'help',
  variant: 'a',
  owner: 'pricing team',
  nudge: { surface: 'toast', copy: { en: { title: 'Still thinking?' } } },
  validForMs: 3000,
  cancelOn: ['navigate', 'submit'],
  group: undefined,
  cost: undefined,
  step: undefined,
  slot: 'default',
  priority: 0,
  trace: [],
  ...over,
})
export const ghost = act({ verdict: 'ghost', reason: 'holdout' })
export const hold = (reason: HoldDecision['reason']): HoldDecision => ({
  verdict: 'hold',
  reason,
  rule: 'help',
  owner: undefined,
  trace: [],
})

/** The pipeline among rooms that do as a test tells them and write down, in order, what they were asked. */
export function withRooms({
  decision = act(),
  copy = { copy: { lang: 'en', actions: [] } },
  takes = { decide: 0, mount: 0 },
  fails = false,
  place = true,
}: {
  /** As a function: anew each time it is asked, by what the shopper is busy with. */
  decision?: Decision | ((unrest: readonly Unrest[]) => Decision)
  copy?: ReturnType<Rooms['compose']>
  /** What each room takes of the clock, ms. */
  takes?: { decide: number; mount: number }
  /** What draws nudges throws. */
  fails?: boolean
  /** The page has a place for it. */
  place?: boolean
} = {}) {
  const clock = createFakeClock(2000)
  const said: Said[] = []
  const calls: string[] = []
  const spent: string[] = []
  const prepared: string[] = []
  const helped: string[] = []
  const remembered: Decision[] = []
  const targets: (number | undefined)[] = []
  const nudges: { painted: (at: PageTime) => void; used: (end: NudgeEnd, action?: number) => void }[] = []
  const profile: { waiting?: Promise<void> | undefined } = {}
  const engine: { waiting?: Promise<Decision> } = {}
  const count = { ids: 0, up: 0 }
  const shopper: { unrest: readonly Unrest[] } = { unrest: [] }

  const say: Rooms['say'] = (fields, at) => {
    calls.push(`say ${fields.type}`)
    said.push({ ...fields, at })
  }
  const showing = createShowing({
    clock,
    say,
    prepare: ({ spec }) => void prepared.push(spec.surface),
    drop: () => void prepared.splice(0),
    mount({ used, target }, painted) {
      calls.push('mount')
      targets.push(target)
      if (takes.mount) clock.advance(takes.mount)
      if (fails) return undefined
      count.up++
      nudges.push({ painted, used })
      const own = { up: true }
      return () => {
        if (own.up) count.up--
        own.up = false
      }
    },
    beforeFrame: (run) => clock.after(8, run),
    afterFrame: (run) => clock.after(16, run),
    helped: (decisionId) => void helped.push(decisionId),
    snoozed: () => {},
    unrest: () => shopper.unrest,
    collide,
    spend(_decision, decisionId) {
      calls.push('spend')
      spent.push(decisionId)
    },
    channel: (surface) => ({ surface, device: 'desktop', pageType: 'pricing' }),
  })
  const rooms: Rooms = {
    clock,
    uuid: () => `id${++count.ids}`,
    profile: () => profile.waiting,
    decide() {
      calls.push('decide')
      if (takes.decide) clock.advance(takes.decide)
      return engine.waiting ?? (typeof decision === 'function' ? decision(shopper.unrest) : decision)
    },
    foresee: () => (typeof decision === 'function' ? decision(shopper.unrest) : decision),
    compose() {
      calls.push('compose')
      return copy
    },
    hasPlace: () => place,
    showing: () => showing,
    say,
    remember(decision) {
      calls.push('remember')
      remembered.push(decision)
    },
  }
  const pipeline = createPipeline(rooms)

  return {
    clock,
    pipeline,
    showing,
    said,
    calls,
    spent,
    /** Surfaces of what was made in advance. */
    prepared,
    helped,
    /** What the nudges that were mounted are about. */
    targets,
    /** What `explain()` would tell of. */
    remembered,
    /** Nudges in the page now. */
    up: () => count.up,
    ofType: (type: string) => said.filter((event) => event.type === type),
    /** `shown`, `clicked`, … in order. */
    nudgePhases: () => said.filter(({ type }) => type === 'nudge').map(({ phase }) => phase),
    decisions: () => said.filter(({ type }) => type === 'decision').map((it) => it['decision']),
    paint(after = 10) {
      clock.advance(after)
      nudges.at(-1)!.painted(clock.now())
    },
    decideNext: (next: Decision) => void (decision = next),
    /** What the shopper is busy with from now on. */
    busyWith: (...unrest: Unrest[]) => void (shopper.unrest = unrest),
    use: (end: NudgeEnd, action?: number) => nudges.at(-1)!.used(end, action),
    /** Another decider is waited for: answers what makes its decision there. */
    waitForEngine() {
      let decided = (_decision: Decision) => {}
      engine.waiting = new Promise((resolve) => (decided = resolve))
      return async (answer: Decision) => {
        decided(answer)
        await engine.waiting
      }
    },
    /** The visitor's data is being read: answers what makes it there. */
    waitForProfile() {
      let there = () => {}
      profile.waiting = new Promise((resolve) => (there = resolve))
      return async () => {
        there()
        await profile.waiting
      }
    },
  }
}
