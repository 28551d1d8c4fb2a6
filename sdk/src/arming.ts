import type { Ruleset } from '../schema/ruleset'
import { bare } from './bare'
import { capture, type Capture, type CaptureOptions, type MakeSource } from './capture'
import type { CompiledRuleset } from './decide'
import type { OwnMeasures } from './decide/own'
import { createRunner, type Runner, type RunnerOptions } from './detect'
import type { Guard } from './guard'
import { namedMoments, type Watched } from './moments'
import type { Brought, Kit, Nudges, Part, Rooms } from './parts/kit'
import type { Signal } from './terms'
import type { PageTime, Stop } from './time'

/** What is watched in the page now, by which ruleset. */
export interface Armed {
  /** A trace was asked for. */
  traced?: boolean
  ruleset?: CompiledRuleset | undefined
  /** When the server last said that this is the ruleset, epoch ms. */
  confirmedAt?: number
  capture?: Capture
  runner?: Runner
  stopped?: boolean
}

export interface ArmingOptions
  extends
    Pick<CaptureOptions, 'platform' | 'page' | 'own' | 'hear'>,
    Pick<RunnerOptions, 'found'>,
    Pick<Kit, 'report'> {
  readonly guard: Guard
  /** Loads a room that is not in the main file. */
  readonly load: (part: string) => Promise<Part>
  readonly complain: (line: string) => void
  readonly acting: {
    readonly own?: OwnMeasures
    readonly nudges?: Pick<Nudges, 'retire'> | undefined
  }
  /** The globs have changed: what page is this now? */
  readonly retype: () => void
  /** Tells the page, as it is now, to detectors that begin anew. */
  readonly again: (watch: (signal: Signal, heardAt: PageTime) => void) => void
  readonly watch: (signal: Signal, heardAt: PageTime) => void
  /** What is named is there: what moments will need is made ready. */
  readonly prepare: Stop
  /** Capture has begun (anew); the recorder is there, where a trace was asked for. */
  readonly record: (room: Rooms['record'] | undefined) => void
}

type Sources = Readonly<Record<string, MakeSource>>

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/**
 * Arms the page: loads the parts that a ruleset names, then starts capture and the detectors that it asks for; again
 * only when what they depend on has changed.
 */
export function createArming(options: ArmingOptions) {
  const { platform, guard, load, complain, acting } = options
  const rooms: Partial<Rooms> = bare({})
  const armed: Armed = bare({})
  const waiting: Stop[] = []
  const own = {
    typeOf: undefined as ReturnType<Rooms['decide']['compilePages']> | undefined,
    detection: '',
    stop: undefined as Stop | undefined,
  }

  /** What the parts brought, by name. */
  const brought = new Map<string, Brought>()
  // Armed twice at once, a part is installed twice: what it brought first is in use.
  const bring = (name: string, what: Brought) =>
    void brought.set(name, bare({ ...what, ...brought.get(name) }))
  const kit: Kit = {
    give: (room, brought) => Object.assign(rooms, { [room]: brought, ...rooms }),
    moment: (name, make, sources) => bring(name, { make, sources }),
    source: (name, make) => bring(name, { sources: { [name]: make } }),
    surface: (name, surface) => bring(name, { surface }),
    action: (name, action) => bring(name, { action }),
    format: (format) => bring(format.name, { format }),
    complain,
    report: options.report,
  }
  const part = (name: string) =>
    load(name)
      .then((loaded) => armed.stopped || loaded.install(kit))
      .catch((error: unknown) => complain(`the part ${name} could not be loaded (${reasonOf(error)})`))

  const arm = async (): Promise<void> => {
    const { ruleset, traced } = armed
    const { moments: settings = {}, pages } = (ruleset?.source ?? {}) as Partial<Ruleset>
    const wanted: readonly Watched[] = ruleset ? rooms.decide!.watched(ruleset) : namedMoments
    if (traced) await part('record')
    // A trace holds what all of them would hear: it can be replayed with moments that this page does not watch.
    const heard = rooms.record?.heard ?? wanted.flatMap(([name, needs = []]) => [name, ...needs])
    const drawn = ruleset ? rooms.decide!.drawn(ruleset) : []
    const missing = [...heard, ...drawn].filter((name) => !brought.has(name) && !(name in rooms))
    await Promise.all(missing.map(part))
    // Another ruleset has come meanwhile, or a trace was asked for.
    if (ruleset !== armed.ruleset || traced !== armed.traced) return arm()
    options.prepare()
    const detection = JSON.stringify([wanted, settings, pages, traced])
    if (detection === own.detection || armed.stopped) return
    own.detection = detection
    const quiet = armed.runner?.handOver()
    own.stop?.()
    const hand = capture({
      ...options,
      settings,
      sources: Object.assign({}, ...heard.map((name) => brought.get(name)?.sources)) as Sources,
    })
    armed.capture = hand
    options.record(rooms.record)
    const detectors = wanted.flatMap(([name, needs = []]) => {
      const make = needs.every((source) => brought.has(source)) && brought.get(name)?.make
      return make ? make(settings[name] as never, (of) => acting.own?.of(`${name}.${of}`)) : []
    })
    const runner = createRunner({
      clock: platform.clock,
      guard,
      detectors,
      visible: !document.hidden,
      quiet,
      drain: hand.drain,
      found: options.found,
      sampled: (name, value) => acting.own?.learn(name, value),
    })
    rooms.decide?.unheeded(detectors, settings).forEach(complain)
    own.stop = () => {
      hand.stop()
      runner.stop()
    }
    const again = armed.runner
    armed.runner = runner
    if (again) options.again(options.watch)
    for (const call of waiting.splice(0)) call()
  }
  const arming = guard('arm', arm)

  return {
    armed,
    rooms,
    arm: arming,
    part,
    brought: (name: string) => brought.get(name),
    /**
     * The next decision is by this ruleset, its pages included, or by none; what it names is loaded. What is shown by a
     * rule that is lost goes.
     */
    swap(ruleset: CompiledRuleset | undefined, isLost: (rule: string) => boolean) {
      armed.ruleset = ruleset
      own.typeOf = rooms.decide!.compilePages(ruleset?.source.pages)
      if (armed.runner) options.retype()
      acting.nudges?.retire(isLost)
      void arming()
    },
    typeOf: (url: Parameters<NonNullable<typeof own.typeOf>>[0]) => own.typeOf?.(url) ?? 'other',
    /** Runs once the page is armed: before, there is nobody to hear it. */
    whenArmed: (run: Stop) => void (armed.runner ? run() : waiting.push(run)),
    stop() {
      armed.stopped = true
      own.stop?.()
    },
  }
}
