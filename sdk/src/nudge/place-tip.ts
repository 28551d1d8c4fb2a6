/** A box in the viewport, px. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Between the tip and its anchor, the length of the arrow included, and to the edges of the viewport. */
export const gap = 10
export const margin = 8
/** The arrow keeps this far from the tip's corners. */
const corner = 18

/**
 * Where a tip goes: below its anchor, above where there is no room below and more above; in the middle of it, but within
 * the viewport; `arrow` is where along its edge it points from.
 */
export function placeTip(
  anchor: Box,
  tip: Pick<Box, 'width' | 'height'>,
  view: Pick<Box, 'width' | 'height'>,
) {
  const below = view.height - (anchor.y + anchor.height) - gap - margin
  const above = anchor.y - gap - margin
  const side = below >= tip.height || below >= above ? 'below' : 'above'
  const within = (value: number, most: number) => Math.max(margin, Math.min(value, most))
  const middle = anchor.x + anchor.width / 2
  const x = within(middle - tip.width / 2, view.width - tip.width - margin)
  const y = within(
    side === 'below' ? anchor.y + anchor.height + gap : anchor.y - gap - tip.height,
    view.height - tip.height - margin,
  )
  const arrow = Math.max(corner, Math.min(middle - x, tip.width - corner))
  return { side, x, y, arrow } as const
}

/** Some of it can be seen. */
export const isInView = ({ x, y, width, height }: Box, view: Pick<Box, 'width' | 'height'>) =>
  x < view.width && y < view.height && x + width > 0 && y + height > 0
