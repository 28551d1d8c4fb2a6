type Values = Readonly<Record<string, unknown>>

interface Watched {
  readonly name: string
  /** The options in force. */
  readonly options: Values
}

/** Of hesitation: which elements decide. The sources of its signals read it, not its detector. */
const elsewhere = 'targets'

/** Options that the ruleset gives (`moments`) and that are not in force, a line each. */
export function unheeded(watched: readonly Watched[], settings: Readonly<Record<string, Values>>): string[] {
  return watched.flatMap(({ name, options }) =>
    Object.entries(settings[name] ?? {})
      .filter(([option, value]) => options[option] !== value && option !== elsewhere)
      .map(([option, value]) => {
        const wanted = option in options ? 'a number ≥ 0' : `one of ${Object.keys(options).join(', ')}`
        return `ruleset moments.${name}.${option}: wanted ${wanted}, found ${JSON.stringify(value)?.slice(0, 60)}`
      }),
  )
}
