import { renderToString } from 'preact-render-to-string'
import { glazes, type GlazeName } from '../glazes'
import type { Motif } from '../product'
import { motifs } from './motifs'
import { Favicon, Hero, HeroNarrow, Parcel } from './scenes'

const scenes = { hero: Hero, 'hero-narrow': HeroNarrow, parcel: Parcel, favicon: Favicon }

/** One of the larger pictures as an SVG file; `undefined` for a name nobody has drawn. */
export function drawing(name: string): string | undefined {
  if (!Object.hasOwn(scenes, name)) return undefined
  const Scene = scenes[name as keyof typeof scenes]
  return renderToString(<Scene />)
}

/** A product before a plain wall, as an SVG file. `wall` is a colour that the caller has checked. */
export function productDrawing(motif: string, glaze: string, wall: string): string | undefined {
  if (!Object.hasOwn(motifs, motif) || !Object.hasOwn(glazes, glaze)) return undefined
  const Motif = motifs[motif as Motif]
  const hangs = motif === 'towel' || motif === 'apron'
  return renderToString(
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 480">
      <rect width="400" height="480" fill={wall} />
      <path d="M0 0h230L60 480H0Z" fill="#fff" opacity="0.16" />
      {!hangs && <path d="M0 362h400v118H0Z" fill="#1a1d2b" opacity="0.055" />}
      <Motif id="m" glaze={glaze as GlazeName} />
    </svg>,
  )
}
