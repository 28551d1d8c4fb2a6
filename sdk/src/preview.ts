import type { NudgeSpec, Rule } from '../schema/ruleset'
import type { CompiledRuleset } from './decide'
import type { Brought, Kit, Nudges, Rooms } from './parts/kit'
import type { Ground } from './question'
import type { Stop } from './time'

export interface PreviewOptions {
  readonly rooms: Partial<Rooms>
  readonly armed: { readonly ruleset?: CompiledRuleset | undefined; readonly stopped?: boolean }
  readonly nudges: Nudges | undefined
  readonly ground: () => Ground
  readonly part: (name: string) => Promise<unknown>
  readonly brought: (name: string) => Brought | undefined
  readonly complain: Kit['complain']
  /** Where it puts what ends it. */
  readonly stops: Stop[]
}

/** What the address asks for: `?splitsecond-preview=RULE&splitsecond-preview-key=KEY`. */
const asked = 'splitsecond-preview'
/** Of what a nudge of a million missing values would take. */
const mostGaps = 100

/**
 * Shows a nudge to whoever writes it: with no moment, no decision and no event, and whatever would keep its rule back.
 * It is checked, drawn and taken down as any other; a value that is missing is seen by its name. One at a time.
 */
export function createPreview({ rooms, armed, nudges, complain, stops, ...options }: PreviewOptions) {
  const own = { down: () => {} }
  stops.push(() => own.down())

  const ruleOf = (id: string): Rule => {
    const rules = (armed.ruleset?.source.rules ?? []) as readonly Rule[]
    const rule = rules.find((it) => it?.id === id)
    if (rule) return rule
    throw Error(`wanted a rule (${rules.map((it) => it?.id).join(', ')}), found ${JSON.stringify(id)}`)
  }
  /** A variant, or a step of a ladder, by its id; else the first. */
  const nudgeOf = ({ variants, ladder }: Rule, id?: string): NudgeSpec => {
    const all = [
      ...(variants ?? []),
      ...(ladder?.steps ?? []).flatMap((step) =>
        step.variants.map((variant) => (step.id === id ? { ...variant, id } : variant)),
      ),
    ]
    const found = id === undefined ? all[0] : all.find((it) => it.id === id)
    if (found) return found.nudge
    throw Error(`wanted a variant (${all.map((it) => it.id).join(', ')}), found ${JSON.stringify(id)}`)
  }
  /** With a missing value as its own name; where a format wants a number, as one; of products the first. */
  const copyOf = (spec: NudgeSpec) => {
    if (spec.recommend && !Object.keys(armed.ruleset?.source.products ?? {}).length)
      throw Error('wanted products to recommend, found none')
    const attributes = structuredClone(rooms.decide!.attributes(options.ground())) as object
    for (let gap = 0, last = ''; gap < mostGaps; gap++) {
      const composed = nudges!.compose(spec, attributes as never, { anything: true })
      if ('copy' in composed) return composed.copy
      const { missing } = composed
      put(attributes, missing.split('.'), missing === last ? 42 : `{{${missing}}}`)
      last = missing
    }
    throw Error(`wanted at most ${mostGaps} missing values`)
  }
  const load = (compiled: CompiledRuleset) =>
    Promise.all(
      rooms
        .decide!.drawn(compiled)
        .filter((name) => !options.brought(name) && !(name in rooms))
        .map(options.part),
    )

  const show = async (what: string | object, variant?: string) => {
    const { compile } = rooms.decide!
    const nudge = typeof what === 'string' ? nudgeOf(ruleOf(what), variant) : (what as NudgeSpec)
    const rule = { id: 'preview', on: 'preview', variants: [{ id: 'a', nudge }] }
    const { ruleset, rejected } = compile({ ...armed.ruleset?.source, version: 1, rules: [rule] })
    if (rejected[0]) throw Error(rejected[0].reason.replace('rules[0].variants[0].nudge.', ''))
    // As its ruleset dresses it; of one that is switched off nothing is compiled.
    const dressed = ruleset.plans.get('preview')?.rules[0]?.variants[0]?.nudge ?? nudge
    await load(ruleset)
    if (armed.stopped) return
    if (!nudges!.hasPlace(nudge))
      throw Error(`wanted a place for the ${nudge.surface} in the page, found none`)
    own.down()
    const id = typeof what === 'string' ? what : 'preview'
    const marks = { rule: id, variant: variant ?? 'a', surface: nudge.surface, decision: 'preview' }
    const down = nudges!.mount(
      { spec: dressed, copy: copyOf(nudge), marks, used: () => own.down() },
      () => {},
    )
    if (!down) throw Error(`wanted a page where the ${nudge.surface} works, found that it fails`)
    own.down = down
  }
  const tell = async (preview: () => Promise<void>) => {
    try {
      if (!rooms.decide || !rooms.nudge || !nudges) throw Error('wanted a ruleset, found none')
      await preview()
    } catch (error) {
      complain(`preview: ${(error as Error).message}`)
    }
  }

  return {
    show: (what: string | object, variant?: string) => tell(() => show(what, variant)),
    /** What the address asks for, if it has the key. */
    fromAddress: () =>
      tell(async () => {
        const query = new URLSearchParams(location.search)
        const key = armed.ruleset?.source.previewKey
        if (!key || query.get(`${asked}-key`) !== key)
          throw Error(`${asked}-key: wanted the previewKey of the ruleset, found another`)
        await show(query.get(asked) ?? '')
      }),
  }
}

/** Puts a value where a path of keys leads; what is in the way gives place. */
function put(object: object, [key, ...rest]: readonly string[], value: unknown) {
  if (key === undefined) return
  const own = Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined
  const next = own instanceof Object ? own : {}
  Object.defineProperty(object, key, {
    value: rest.length ? next : value,
    configurable: true,
    enumerable: true,
    writable: true,
  })
  if (rest.length) put(next, rest, value)
}
