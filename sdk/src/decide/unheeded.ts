type Values = Readonly<Record<string, unknown>>

interface Watched {
  readonly name: string
  /** The options in force. */
  readonly options: Values
}

interface Known {
  /** All moments there are, the page's own among them; without it none is unknown. */
  readonly moments?: readonly string[]
  /** The list in `observe`, where it is one. */
  readonly observed?: readonly string[]
  /** Only a browser can tell; without it every text is one. */
  readonly isSelector?: (text: string) => boolean
}

const line = (place: string, wanted: string, found: unknown) =>
  `ruleset ${place}: wanted ${wanted}, found ${JSON.stringify(found)?.slice(0, 60)}`

/** So many lines are told: the rest teaches nobody, and a hostile ruleset has a hundred thousand. */
export const toldMost = 20

/**
 * What the ruleset says under `observe` and `moments` and is not in force, a line each: moments that there are none of,
 * options of those that are watched. `hesitation.targets` is heeded by the sources of its signals, not by its detector.
 */
export function unheeded(
  watched: readonly Watched[],
  settings: Readonly<Record<string, Values>>,
  { moments, observed = [], isSelector = () => true }: Known = {},
): string[] {
  const known = new Set(moments)
  const oneOf = `one of ${moments?.join(', ').slice(0, 400)}`
  const strangers = (place: string, names: readonly string[]) =>
    names
      .filter((name) => moments && !known.has(name))
      .slice(0, toldMost)
      .map((name) => line(place, oneOf, name))
  const lines = [...strangers('observe', observed), ...strangers('moments', Object.keys(settings))]
  for (const { name, options } of watched)
    for (const [option, value] of Object.entries(settings[name] ?? {})) {
      const place = `moments.${name}.${option}`
      if (place === 'moments.hesitation.targets') {
        const texts = Array.isArray(value) ? (value as string[]) : []
        if (!texts.length) lines.push(line(place, 'a list of selectors', value))
        texts.forEach((text, i) => isSelector(text) || lines.push(line(`${place}[${i}]`, 'a selector', text)))
      } else if (options[option] !== value) {
        const wanted = option in options ? 'a number ≥ 0' : `one of ${Object.keys(options).join(', ')}`
        lines.push(line(place, wanted, value))
      }
    }
  return lines.slice(0, toldMost)
}
