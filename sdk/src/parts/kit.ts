import type { BeaconOptions, Beacon } from '../beacon'
import type { Format } from '../beacon/encoder'
import type { createFormats } from '../beacon/formats'
import type { MakeSource } from '../capture'
import type { createCategories } from '../capture/categories'
import type { createDataLayer } from '../capture/data-layer'
import type { Stays } from '../capture/stays'
import type { CalmOptions } from '../calm'
import type { followConsent } from '../consent-platform'
import type { Context } from '../context'
import type { compile, CompiledRuleset, compilePages, decide, Decision } from '../decide'
import type { drawn } from '../decide/drawn'
import type { helped } from '../decide/helped'
import type { Leanings, LeaningsOptions } from '../decide/leanings'
import type { OwnMeasures, OwnOptions } from '../decide/own'
import type { Permits, PermitsOptions } from '../decide/permits'
import type { RulesetLife, RulesetLifeOptions } from '../decide/ruleset-life'
import type { unheeded } from '../decide/unheeded'
import type { createVerifier } from '../decide/verifier'
import type { createDecider, DeciderOptions } from '../decider'
import type { NudgeSpec } from '../../schema/ruleset'
import type { Found, MakeDetector } from '../detect'
import type { Watched } from '../moments'
import type {
  Action,
  AddProducts,
  compose,
  Composing,
  FormatOf,
  Place,
  Recommend,
  StageOptions,
  Surface,
} from '../nudge'
import type { Platform, Send } from '../platform/platform'
import type { createPreview } from '../preview'
import type { whenIdle } from '../platform/when-idle'
import type { attributesOf, Ground } from '../question'
import type { record } from '../recorder'
import type { Showing, ShowingRooms } from '../showing'
import type { Stop } from '../time'

export interface OpenOptions
  extends
    Pick<ShowingRooms, 'spend' | 'helped' | 'snoozed' | 'say'>,
    Pick<CalmOptions, 'platform' | 'page'>,
    Pick<StageOptions, 'largestPaintOpen' | 'element' | 'provided' | 'affinity' | 'pictures'> {
  readonly context: Pick<Context, 'channel' | 'given'>
  /** What the parts brought by that name. */
  readonly brought: (name: string) => Brought | undefined
  readonly rooms: Pick<Partial<Rooms>, 'filters' | 'recommend'>
  readonly armed: { readonly ruleset?: CompiledRuleset | undefined }
}

/** What a part may bring under one name; a surface and an action of one name are one part. */
export interface Brought {
  readonly make?: MakeDetector
  readonly sources?: Readonly<Record<string, MakeSource>> | undefined
  readonly surface?: Surface
  readonly action?: Action
  readonly format?: Format
}

export interface RememberOptions extends OwnOptions, PermitsOptions {
  readonly platform: Platform
  /** Where it leaves them. */
  readonly acting: { own?: OwnMeasures; permits?: Permits; helped?: typeof helped }
}

/** Nudges and the stage they stand on. */
export interface Nudges extends Showing {
  /** The page has a modal dialog of its own open: a nudge could not be touched. */
  readonly inert: () => boolean
  /** Puts a nudge on the stage, of which nobody hears. */
  readonly mount: ShowingRooms['mount']
  /** Its texts, and what it recommends, or the path of a missing value (`compose`). */
  readonly compose: (
    spec: NudgeSpec,
    attributes: Parameters<typeof compose>[1],
    composing?: Pick<Composing, 'anything'>,
  ) => ReturnType<typeof compose>
  /** There is a place in the page for it; `target`: what the moment was about. */
  readonly hasPlace: (spec: NudgeSpec, target?: number) => Place
  /** Buttons of it that the page has nothing for. */
  readonly hidden: (spec: NudgeSpec) => readonly string[]
}

/** What a shopper leans to, and who tells it of the page's markup. */
export interface Affinity extends Leanings, ReturnType<typeof createCategories> {}

/** The rooms that are not in the main file, as their parts hand them over. */
export interface Rooms {
  readonly decide: {
    readonly attributes: typeof attributesOf
    /** The decision about a moment; a promise, where the shop's own engine is asked too. */
    readonly answer: (ground: Ground, moment: Found) => Decision | Promise<Decision>
    readonly compile: typeof compile
    readonly compilePages: typeof compilePages
    /** Decides, and spends only permits that this tab holds. */
    readonly decide: typeof decide
    /** Opens what is remembered of the shopper: his own measures, and what he may be shown. */
    readonly open: (options: RememberOptions) => void
    readonly unheeded: typeof unheeded
    readonly watched: (ruleset: CompiledRuleset) => readonly Watched[]
    readonly drawn: typeof drawn
    readonly createRulesetLife: (options: Omit<RulesetLifeOptions, 'send' | 'compile'>) => RulesetLife
  }
  readonly followConsent: typeof followConsent
  readonly verify: typeof createVerifier
  readonly preview: typeof createPreview
  readonly stays: Stays
  readonly nudge: {
    /** Opens the stage in the page, and shows nudges on it. */
    readonly open: (options: OpenOptions) => Nudges
  }
  readonly affinity: (options: LeaningsOptions) => Affinity
  readonly dataLayer: typeof createDataLayer
  readonly recommend: { readonly recommend: Recommend; readonly addProducts: AddProducts }
  readonly filters: {
    readonly formatOf: FormatOf
    /** Makes ready what the texts will be filled with: the moment itself is no time for that. */
    readonly prepare: (texts: {
      readonly ruleset: CompiledRuleset
      /** Of the cart. */
      readonly currency: unknown
      readonly compose: Nudges['compose']
      readonly platform: Platform
      /** Where it puts what ends it. */
      readonly stops: Stop[]
    }) => void
  }
  readonly beacon: {
    readonly createBeacon: (options: Omit<BeaconOptions, 'send'> & { readonly send?: Send }) => Beacon
    /** Loads the web vitals when the page has loaded and is idle. */
    readonly whenIdle: typeof whenIdle
  }
  /** Makes a beacon for each of several formats, or for one that is not the default. */
  readonly formats: typeof createFormats
  /** Decides with the shop's own engine beside the ruleset. */
  readonly decider: (options: Omit<DeciderOptions, 'send'>) => ReturnType<typeof createDecider>
  readonly record: {
    readonly record: typeof record
    /** All moments that there are, and what they need: a trace holds what each of them would hear. */
    readonly heard: readonly string[]
  }
}

/** What a part is given when it is installed. */
export interface Kit {
  give<Name extends keyof Rooms>(name: Name, room: Rooms[Name]): void
  /** A moment that can be watched from now on, and sources of signals that only it needs. */
  moment(name: string, make: MakeDetector, sources?: Readonly<Record<string, MakeSource>>): void
  /** A source of signals that several moments need. */
  source(name: string, make: MakeSource): void
  /** A way to show nudges, and what their buttons may do: what rulesets write as `surface` and `do`. */
  surface(name: string, surface: Surface): void
  action(name: string, action: Action): void
  /** A wire format: what `data-format` calls by its name. */
  format(format: Format): void
  /** One clear line on the console: the place, the wanted, the found. */
  complain(line: string): void
  /** Takes a web vital as it is final. */
  report(name: string, value: number): void
}

/**
 * A part is a self-contained module beside the script. It is loaded while the page arms, when the page's options or
 * its ruleset ask for it, and never at the moment itself.
 */
export interface Part {
  install(kit: Kit): void
}
