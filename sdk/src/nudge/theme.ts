import type { Theme } from '../../schema/ruleset'

const shadows = {
  none: 'none',
  soft: '0 1px 2px #0000001f,0 12px 32px #00000033',
  strong: '0 2px 4px #0003,0 18px 56px #00000073',
}

/**
 * Dresses a nudge: sets the custom properties that a page may set as well, and no others. What this browser does not take
 * for a colour is left out, and the page's own stands: a nudge with no background at all could not be read.
 */
export function dress(element: HTMLElement, { dark = {}, ...theme }: Theme) {
  const set = (name: string, value: string | undefined) =>
    value && element.style.setProperty(`--splitsecond-${name}`, value)
  for (const [of, prefix] of [
    [theme, ''],
    [dark, 'dark-'],
  ] as const)
    for (const name of ['background', 'color', 'accent', 'onAccent', 'border'] as const) {
      const value = of[name]
      if (value && CSS.supports('color', value)) set(prefix + name.replace('A', '-a'), value)
    }
  const { scheme, radius, font, fontSize, shadow } = theme
  if (scheme && scheme !== 'auto') set('scheme', scheme)
  if (radius !== undefined) set('radius', `${radius}px`)
  if (fontSize) set('font-size', `${fontSize}px`)
  if (font && CSS.supports('font-family', font)) set('font', font)
  if (shadow) set('shadow', shadows[shadow])
}
