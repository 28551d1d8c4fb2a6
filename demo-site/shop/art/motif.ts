import type { ComponentChild } from 'preact'
import type { GlazeName } from '../glazes'

/**
 * A motif draws one thing standing on the ground line y = 400 around x = 200, on a canvas of 400 × 480. `id`
 * keeps its gradients apart from those of other things in the same picture.
 */
export interface MotifProps {
  readonly id: string
  readonly glaze: GlazeName
}

export type MotifComponent = (props: MotifProps) => ComponentChild
