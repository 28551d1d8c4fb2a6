import { glazes, type GlazeName } from '../glazes'

/**
 * One light for all pictures: a window on the left, so everything round is brightest a third of the way in
 * and darkest at its right edge.
 */
export function Round({ id, glaze }: { readonly id: string; readonly glaze: GlazeName }) {
  const { base, light, shade } = glazes[glaze]
  return (
    <linearGradient id={id} x1="0" x2="1" y1="0" y2="0">
      <stop offset="0" stop-color={base} />
      <stop offset="0.26" stop-color={light} />
      <stop offset="0.55" stop-color={base} />
      <stop offset="1" stop-color={shade} />
    </linearGradient>
  )
}

export interface Stop {
  readonly at: number
  readonly colour: string
}

/** Left to right, or top to bottom with `down`. */
export function Fade({ id, stops, down = false }: { id: string; stops: readonly Stop[]; down?: boolean }) {
  return (
    <linearGradient id={id} x1="0" y1="0" x2={down ? 0 : 1} y2={down ? 1 : 0}>
      {stops.map(({ at, colour }) => (
        <stop key={at} offset={at} stop-color={colour} />
      ))}
    </linearGradient>
  )
}

/** The soft shadow something throws to the right of where it stands. */
export function Shadow({ x, y, width }: { readonly x: number; readonly y: number; readonly width: number }) {
  return (
    <g fill="#1a1d2b">
      <ellipse cx={x + width * 0.12} cy={y} rx={width * 0.62} ry={width * 0.1} opacity="0.07" />
      <ellipse cx={x + width * 0.07} cy={y} rx={width * 0.55} ry={width * 0.075} opacity="0.1" />
      <ellipse cx={x + width * 0.02} cy={y} rx={width * 0.48} ry={width * 0.05} opacity="0.16" />
    </g>
  )
}
