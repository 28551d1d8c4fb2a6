import { glazes, type GlazeName } from '../glazes'
import type { Motif } from '../product'
import { motifs } from './motifs'
import { Fade } from './shades'

/** What the shop opens with: a table by the arched window, late morning. Words stand on the wall to its left. */
export function Hero() {
  return (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 800">
      <Room width={1600} table={636} />
      <g transform="translate(640 30)">
        <StillLife />
      </g>
    </svg>
  )
}

/** The same table for a phone, where the words stand above it. */
export function HeroNarrow() {
  return (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 800">
      <Room width={960} table={606} />
      <StillLife />
    </svg>
  )
}

function Room({ width, table }: { readonly width: number; readonly table: number }) {
  return (
    <g>
      <Fade
        id="table"
        down
        stops={[
          { at: 0, colour: '#f2d9bf' },
          { at: 1, colour: '#dfba95' },
        ]}
      />
      <rect width={width} height="800" fill="#2b4aa8" />
      <rect y={table} width={width} height="200" fill="url(#table)" />
      <rect y={table} width={width} height="6" fill="#fff3e0" opacity="0.7" />
    </g>
  )
}

function StillLife() {
  return (
    <g>
      <Fade
        id="sky"
        down
        stops={[
          { at: 0, colour: '#7f9be6' },
          { at: 1, colour: '#f6dca0' },
        ]}
      />
      <path d="M250 608V330a230 230 0 0 1 460 0v278Z" fill="#1f3886" />
      <path d="M270 608V330a210 210 0 0 1 420 0v278Z" fill="url(#sky)" />
      <circle cx="580" cy="276" r="54" fill="#fff2c9" />
      <path d="M270 500c60-40 120-46 190-20s150 30 230-30v158H270Z" fill="#8fae9f" opacity="0.75" />
      <path d="M270 550c90-34 160-24 230-6s130 12 190-14v78H270Z" fill="#6f9480" opacity="0.85" />
      <path d="M472 120h16v488h-16ZM270 350h420v14H270Z" fill="#1f3886" />
      <path d="M330 800l110-188h210l170 188Z" fill="#fff3d6" opacity="0.35" />
      <Thing motif="bag" glaze="butter" x={60} y={330} scale={0.78} />
      <Thing motif="bag" glaze="iron" x={-42} y={378} scale={0.74} />
      <Thing motif="kettle" glaze="porcelain" x={520} y={256} scale={1.02} />
      <Thing motif="server" glaze="butter" x={282} y={368} scale={0.8} />
      <Thing motif="dripper" glaze="celadon" x={305} y={232} scale={0.69} />
      <Thing motif="mug" glaze="iron" x={508} y={494} scale={0.6} />
      <Thing motif="cups" glaze="porcelain" x={124} y={520} scale={0.56} />
    </g>
  )
}

interface ThingProps {
  readonly motif: Motif
  readonly glaze: GlazeName
  readonly x: number
  readonly y: number
  readonly scale: number
}

function Thing({ motif, glaze, x, y, scale }: ThingProps) {
  const Motif = motifs[motif]
  return (
    <g transform={`translate(${x} ${y}) scale(${scale})`}>
      <Motif id={`${motif}-${glaze}`} glaze={glaze} />
    </g>
  )
}

/** The standing order: an open box with two bags looking out of it. */
export function Parcel() {
  return (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 600">
      <Fade
        id="front"
        stops={[
          { at: 0, colour: '#d8ae7a' },
          { at: 0.5, colour: '#e2bd8e' },
          { at: 1, colour: '#c69760' },
        ]}
      />
      <rect width="720" height="600" fill="#f2d9a0" />
      <path d="M0 470h720v130H0Z" fill="#e5c382" />
      <ellipse cx="390" cy="540" rx="290" ry="26" fill="#1a1d2b" opacity="0.12" />
      <path d="M150 290h420v60H150Z" fill="#8a6335" />
      <Thing motif="bag" glaze="cobalt" x={168} y={52} scale={0.84} />
      <Thing motif="bag" glaze="celadon" x={312} y={70} scale={0.8} />
      <path d="M130 330h460v210H130Z" fill="url(#front)" />
      <path d="M130 330 60 392l28 22 62-58Z" fill="#cfa26b" />
      <path d="M590 330l70 62-28 22-62-58Z" fill="#b98a54" />
      <path d="M130 330h460v10H130Z" fill="#f0d3a8" />
      <path d="M300 395h120v86H300Z" fill="#fbf9f4" />
      <path d="M336 456v-20a24 24 0 0 1 48 0v20Z" fill={glazes.cobalt.base} />
      <path d="M349 456v-15a11 11 0 0 1 22 0v15Z" fill="#fbf9f4" />
      <rect x="322" y="465" width="76" height="5" rx="2.5" fill={glazes.ink.base} opacity="0.6" />
    </svg>
  )
}

export function Favicon() {
  return (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
      <rect width="32" height="32" rx="7" fill={glazes.cobalt.base} />
      <path d="M7 26V15a8.5 8.5 0 0 1 17 0v11Z" fill="#fbf9f4" />
      <path d="M11.5 26v-8a4 4 0 0 1 8 0v8Z" fill={glazes.cobalt.base} />
    </svg>
  )
}
