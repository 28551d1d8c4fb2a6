import { glazes } from '../glazes'
import type { MotifProps } from './motif'
import { Fade, Shadow } from './shades'

const flax = [
  { at: 0, colour: '#e9e1d0' },
  { at: 0.4, colour: '#f7f2e7' },
  { at: 1, colour: '#cdc2ab' },
]

/** Hung from a peg, folded over once. */
export function Towel({ id, glaze }: MotifProps) {
  const { base, shade } = glazes[glaze]
  return (
    <g>
      <Fade id={`${id}-cloth`} stops={flax} />
      <Fade
        id={`${id}-stripe`}
        stops={[
          { at: 0, colour: base },
          { at: 1, colour: shade },
        ]}
      />
      <path d="M186 66c0-8 6-14 14-14s14 6 14 14v22h-28Z" fill="#b98a54" />
      <path
        d="M120 150c-2 70-4 160-2 236 24 8 62 4 92 8 28 4 58 0 76-6 2-80 0-166-4-238Z"
        fill="#1a1d2b"
        opacity="0.12"
        transform="translate(14 10)"
      />
      <path
        d="M200 72c-34 30-72 48-86 68-2 78-6 164-4 240 26 10 58 2 92 8 30 5 60 0 88-8 2-80 0-166-4-240-14-20-52-38-86-68Z"
        fill={`url(#${id}-cloth)`}
      />
      <path d="M200 72c-16 60-22 180-20 314 8 0 14 1 22 2 6-130 8-250-2-316Z" fill="#b9ad95" opacity="0.4" />
      <path
        d="M200 72c26 50 46 130 50 316 14-1 28-4 40-8 2-80 0-166-4-240-14-20-52-38-86-68Z"
        fill="#b9ad95"
        opacity="0.35"
      />
      <path
        d="M110 316c28 8 58 2 92 7 30 4 60 0 88-7v20c-28 7-58 11-88 7-34-5-64 1-92-7Z"
        fill={`url(#${id}-stripe)`}
      />
      <path
        d="M110 346c28 8 58 2 92 7 30 4 60 0 88-7v7c-28 7-58 11-88 7-34-5-64 1-92-7Z"
        fill={`url(#${id}-stripe)`}
      />
      <g stroke="#a99c82" stroke-width="1.5" opacity="0.4">
        <path
          d="M112 180c60 12 118 8 176-2M112 210c60 12 118 8 176-2M112 240c60 12 118 8 176-2M112 270c60 12 118 8 176-2M112 296c60 12 118 8 176-2"
          fill="none"
        />
      </g>
    </g>
  )
}

export function Apron({ id, glaze }: MotifProps) {
  const { base, light, shade } = glazes[glaze]
  return (
    <g>
      <Fade
        id={`${id}-cloth`}
        stops={[
          { at: 0, colour: base },
          { at: 0.3, colour: light },
          { at: 0.6, colour: base },
          { at: 1, colour: shade },
        ]}
      />
      <path d="M188 44c0-7 5-12 12-12s12 5 12 12v20h-24Z" fill="#b98a54" />
      <path
        d="M152 136C160 96 184 66 200 56c16 10 40 40 48 80"
        fill="none"
        stroke={shade}
        stroke-width="13"
      />
      <path d="M152 136C160 96 184 66 200 56c16 10 40 40 48 80" fill="none" stroke={base} stroke-width="9" />
      <path
        d="M146 130h108c0 40 20 64 50 76-4 60 0 130 4 186-60 16-156 16-216 0 4-56 8-126 4-186 30-12 50-36 50-76Z"
        fill="#1a1d2b"
        opacity="0.12"
        transform="translate(12 10)"
      />
      <path
        d="M146 130h108c0 40 20 64 50 76-4 60 0 130 4 186-60 16-156 16-216 0 4-56 8-126 4-186 30-12 50-36 50-76Z"
        fill={`url(#${id}-cloth)`}
      />
      <path d="M146 130h108v12H146Z" fill={shade} opacity="0.5" />
      <path d="M138 270h58v74c-20 4-42 2-58-2Zm66 0h58v72c-16 4-38 6-58 2Z" fill={shade} opacity="0.45" />
      <path d="M138 270h58v9h-58Zm66 0h58v9h-58Z" fill={light} opacity="0.5" />
      <path d="M214 272h34l4-30c-8-8-34-8-42 0Z" fill={glazes.butter.base} />
      <path d="M222 240l4 32M238 238v34" stroke={glazes.butter.shade} stroke-width="2" opacity="0.7" />
      <path
        d="M118 220c4 60 0 120-4 168M282 220c-6 60-2 120 2 168"
        stroke={shade}
        stroke-width="3"
        fill="none"
        opacity="0.5"
      />
    </g>
  )
}

/** Rolled at one end, so that the stripe shows. */
export function Runner({ id, glaze }: MotifProps) {
  const { base, shade } = glazes[glaze]
  return (
    <g>
      <Fade id={`${id}-cloth`} stops={flax} />
      <Fade
        id={`${id}-roll`}
        down
        stops={[
          { at: 0, colour: '#fbf7ee' },
          { at: 0.5, colour: '#e6dcc8' },
          { at: 1, colour: '#b5a88d' },
        ]}
      />
      <Shadow x={200} y={404} width={280} />
      {[0, 1, 2].map((i) => (
        <g key={i} transform={`translate(${i * 6 - 6} ${-i * 34})`}>
          <path
            d="M72 370c0-10 8-16 18-16h224c10 0 16 8 16 18v12c0 10-6 16-16 16H90c-10 0-18-6-18-16Z"
            fill={`url(#${id}-roll)`}
          />
          <path d="M122 354h22v46h-22Zm30 0h8v46h-8Z" fill={base} opacity="0.9" />
          <path d="M122 384h22v16h-22Zm30 0h8v16h-8Z" fill={shade} opacity="0.5" />
          <path d="M80 378h244" stroke="#a99c82" stroke-width="1.5" opacity="0.5" />
        </g>
      ))}
      <ellipse cx="200" cy="252" rx="112" ry="34" fill={`url(#${id}-cloth)`} opacity="0" />
      <path d="M104 288v-50a96 26 0 0 1 192 0v50Z" fill={`url(#${id}-roll)`} />
      <path d="M104 238a96 26 0 0 1 192 0a96 26 0 0 1-192 0Z" fill="#f7f2e7" />
      <path d="M136 262v26h20v-22Zm28 5v21h8v-20Z" fill={base} />
      <path
        d="M150 238a50 13 0 0 1 100 0a44 11 0 0 1-80 4a30 8 0 0 1 54-4"
        fill="none"
        stroke="#a99c82"
        stroke-width="2.5"
      />
    </g>
  )
}
