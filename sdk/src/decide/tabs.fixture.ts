/** Tabs of one browser, for the tests of what holds across them: each with its memory, its permits and its decisions. */
import { createFakeBrowser, type FakeBrowser, type FakePlatform } from '../../test/fake-platform'
import { createUuid } from '../platform/uuid'
import type { Stop } from '../time'
import { compile } from './compile'
import { decide } from './decide'
import type { ActDecision, Decision } from './decision'
import { createPermits, type Permits } from './permits'
import { createRuleset } from './rules.fixture'
import { createVisitor, type ShownNudge } from './visitor'

export type Tab = ReturnType<typeof openTab>

interface Opening {
  /** The ruleset's own. */
  readonly limits?: object | undefined
  /** The page that its tab has left. */
  readonly before?: FakePlatform
}

/** @param rules as they are published */
export function openTab(
  browser: FakeBrowser,
  rules: readonly object[],
  { limits = {}, before }: Opening = {},
) {
  const page = browser.page(before)
  const uuid = createUuid(page.random)
  const acting: { permits?: Permits } = {}
  const visitor = createVisitor({ platform: page, uuid, acting })
  const armed = { ruleset: compile(createRuleset([...rules], { limits })).ruleset }
  const stops: Stop[] = []
  const context = { view: uuid(page.clock.toEpoch(page.clock.now())) }
  const permits = createPermits({ platform: page, visitor, context, armed, stops })
  acting.permits = permits
  const state = { running: undefined as ActDecision | undefined, decidedAt: 0 }
  const epoch = () => page.clock.toEpoch(page.clock.now())

  /** Decides at once, as the pipeline does when nothing is waited for. */
  const decideNow = (moment = 'doubt'): Decision => {
    const { id, session, shown } = visitor.current()
    const decision = decide(armed.ruleset, {
      moment: { name: moment, evidence: {} },
      attributes: {},
      visitor: { id, session: session.id, shown, permits: permits.current() },
      now: epoch(),
      busy: !!state.running,
    })
    if (decision.verdict !== 'hold') Object.assign(state, { running: decision, decidedAt: epoch() })
    return decision
  }

  return {
    page,
    visitor,
    permits,
    armed,
    stop: () => stops.forEach((stop) => stop()),
    decideNow,
    /** As the pipeline does it: what is not there is waited for. */
    async answer(moment?: string): Promise<Decision> {
      await permits.loading()
      return decideNow(moment)
    },
    /** The rule that is on its way to the pixels, if its decision is not too old. */
    running: () => (state.running && epoch() - state.decidedAt <= 3_000 ? state.running : undefined),
    miss: () => void (state.running = undefined),
    /** The paint, or the instant at which a ghost would have been painted. */
    paint(): ShownNudge {
      const { rule, group } = state.running!
      state.running = undefined
      const at = epoch()
      const shown = { rule, group, at, decision: uuid(at), session: visitor.current().session.id }
      visitor.spend(shown)
      return shown
    },
  }
}

/** A tab with consent, its lease taken. */
export async function openedTab(...given: Parameters<typeof openTab>): Promise<Tab> {
  const tab = openTab(...given)
  await tab.visitor.open()
  return tab
}

export const fakeTabs = async (count: number, rules: readonly object[], limits?: object) => {
  const browser = createFakeBrowser()
  const tabs: Tab[] = []
  for (let index = 0; index < count; index++) tabs.push(await openedTab(browser, rules, { limits }))
  return { browser, clock: browser.clock, tabs }
}
