import { glazes } from '../glazes'
import type { MotifProps } from './motif'
import { Fade, Shadow } from './shades'

const flax = [
  { at: 0, colour: '#e9e1d0' },
  { at: 0.4, colour: '#f7f2e7' },
  { at: 1, colour: '#cdc2ab' },
]

/** Folded once over a rail, a little longer at the back. */
export function Towel({ id, glaze }: MotifProps) {
  const { base, shade } = glazes[glaze]
  return (
    <g>
      <Fade id={`${id}-cloth`} stops={flax} />
      <Fade
        id={`${id}-rail`}
        down
        stops={[
          { at: 0, colour: '#e5bd8a' },
          { at: 1, colour: '#96683a' },
        ]}
      />
      <path
        d="M120 112h176v292c-60 12-116 4-176 0Z"
        fill="#1a1d2b"
        opacity="0.1"
        transform="translate(16 12)"
      />
      <rect x="44" y="104" width="312" height="16" rx="8" fill={`url(#${id}-rail)`} />
      <path d="M60 92h10v40H60Zm270 0h10v40h-10Z" fill="#96683a" />
      <path d="M128 104h158v304c-52 8-106 4-158-2Z" fill="#c3b8a0" />
      <path
        d="M112 108c0-8 4-12 12-12h152c8 0 12 4 12 12v272c-30 10-58 12-88 6s-60-6-88 0Z"
        fill={`url(#${id}-cloth)`}
      />
      <path
        d="M160 96c-4 90-2 190 2 286l-14 1c-6-96-6-200-2-287Zm84 0c8 90 8 190 4 291l-14-1c6-100 4-196-2-290Z"
        fill="#a99c82"
        opacity="0.22"
      />
      <Waffle />
      <path d="M112 318c28-6 58-6 88 0s58 4 88-6v22c-30 10-58 12-88 6s-60-6-88 0Z" fill={base} />
      <path d="M112 350c28-6 58-6 88 0s58 4 88-6v8c-30 10-58 12-88 6s-60-6-88 0Z" fill={base} />
      <path
        d="M244 322c16-1 30-4 44-10v22c-14 5-28 8-44 9Zm0 33c16-1 30-4 44-11v8c-14 5-28 9-44 10Z"
        fill={shade}
        opacity="0.5"
      />
      <path d="M112 112c0-10 4-16 12-16h152c8 0 12 6 12 16-40-6-136-6-176 0Z" fill="#fff" opacity="0.55" />
    </g>
  )
}

/** The honeycomb weave, just visible. */
function Waffle() {
  const rows = Array.from({ length: 13 }, (_, i) => `M112 ${124 + i * 14}h176`)
  const columns = Array.from({ length: 12 }, (_, i) => `M${123 + i * 14} 118v194`)
  return (
    <path d={[...rows, ...columns].join('')} stroke="#a99c82" stroke-width="1.5" fill="none" opacity="0.32" />
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
