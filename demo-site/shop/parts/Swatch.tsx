import { glazes, type GlazeName } from '../glazes'

/** Drawn, not styled: the page's policy allows no inline style, and a fill is no style. */
export function Swatch({ glaze }: { readonly glaze: GlazeName }) {
  return (
    <svg class="swatch" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <circle cx="8" cy="8" r="7.5" fill={glazes[glaze].base} stroke="currentColor" stroke-opacity={0.3} />
    </svg>
  )
}
