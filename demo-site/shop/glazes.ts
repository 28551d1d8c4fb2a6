/** The workshop's six colours. `base` is the swatch; the other two are the same glaze in light and in shade. */
export const glazes = {
  porcelain: { name: 'Porcelain', base: '#ece8de', light: '#fbf9f4', shade: '#c3bcad' },
  cobalt: { name: 'Cobalt', base: '#2f4fb0', light: '#5b7bd8', shade: '#1c3177' },
  celadon: { name: 'Celadon', base: '#9fc0ad', light: '#c6dccf', shade: '#6f9480' },
  butter: { name: 'Butter', base: '#efc65c', light: '#f9df97', shade: '#c79a30' },
  iron: { name: 'Iron red', base: '#a8492f', light: '#cd7355', shade: '#742c1a' },
  ink: { name: 'Ink', base: '#2a3044', light: '#4c5470', shade: '#161a28' },
} as const

export type GlazeName = keyof typeof glazes
