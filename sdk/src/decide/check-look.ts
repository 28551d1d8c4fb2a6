/** Where a nudge stands and how it looks: see `check.ts`. */
import { all, like, number, oneOf, shape } from './checks'
import { recommend } from './check-products'
import { aFlag, demand, is, type Check } from './demand'

export const SURFACES = ['toast', 'bar', 'modal', 'slide-in', 'inline', 'tip', 'event', 'reorder'] as const
export const POSITIONS = ['before', 'after', 'prepend', 'append'] as const
export const SHADOWS = ['none', 'soft', 'strong'] as const
/** A figure in hex or by a function of figures: no name, no address, nothing that a style sheet would look up. */
export const COLOUR =
  /^(#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|(rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([\d\s.,%/+-]{1,60}\))$/i
/** Families: words, commas and quotes. */
export const FONT = /^[\w\s,'"-]{1,200}$/
/** As a link, without what is no picture. */
export const IMAGE = /^(https?:|[^:]*[/?#]|[^:]+$)/i

const colour = like('a colour: #rrggbb or a function such as rgb()', COLOUR)
const colours = { background: colour, color: colour, accent: colour, onAccent: colour, border: colour }
export const theme = shape(
  {},
  {
    ...colours,
    dark: shape({}, colours),
    scheme: oneOf('auto', 'light', 'dark'),
    radius: number('0 to 40', 0, 40),
    font: like('names of fonts', FONT),
    fontSize: number('12 to 24', 12, 24),
    shadow: oneOf(...SHADOWS),
  },
)
const side = is('a whole number, 1 to 2000', (px) => Number.isInteger(px) && px >= 1 && px <= 2000)

/** What it shows is told in texts by language, which are handed in. */
export const image = (byLanguage: Check) =>
  shape(
    { src: like('an address: http(s): or relative', IMAGE), width: side, height: side },
    { alt: byLanguage },
  )

/** The fields of a nudge that say so; what others need (a name, texts by language) is handed in. */
export const look = (name: Check, byLanguage: Check) => ({
  place: all(shape({}, { slot: name, selector: name, position: oneOf(...POSITIONS) }), (value, path) => {
    const { slot, selector } = value as { slot?: string; selector?: string }
    demand(!slot !== !selector, 'either a slot or a selector', slot && 'both', path.concat('slot'))
  }),
  anchor: name,
  image: image(byLanguage),
  recommend,
  theme,
  insideDialog: aFlag,
})
