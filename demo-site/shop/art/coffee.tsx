import { glazes } from '../glazes'
import type { MotifProps } from './motif'
import { Fade, Round, Shadow } from './shades'

/** A flat-bottomed paper bag with a folded top and the shop's label. */
export function Bag({ id, glaze }: MotifProps) {
  const { base, light, shade } = glazes[glaze]
  return (
    <g>
      <Round id={`${id}-paper`} glaze={glaze} />
      <Fade
        id={`${id}-fold`}
        down
        stops={[
          { at: 0, colour: light },
          { at: 1, colour: base },
        ]}
      />
      <Shadow x={200} y={400} width={190} />
      <path
        d="M117 148h166c4 30 9 120 9 222 0 17-6 30-18 30H126c-12 0-18-13-18-30 0-102 5-192 9-222Z"
        fill={`url(#${id}-paper)`}
      />
      <path
        d="M117 148c14 54 16 160 7 252h-4c-8-3-12-15-12-30 0-102 5-192 9-222Z"
        fill={shade}
        opacity="0.22"
      />
      <path d="M283 148c-12 54-13 160-4 252 9-3 13-15 13-30 0-102-5-192-9-222Z" fill={shade} opacity="0.4" />
      <path d="M112 104h176l-3 46H115Z" fill={`url(#${id}-fold)`} />
      <path d="M115 148h170v4H115Z" fill={shade} opacity="0.45" />
      <path d="M113 118h174l-1 8H114Z" fill={shade} opacity="0.25" />
      <path d="M104 112h14v24h-14Zm178 0h14v24h-14Z" fill="#d9d2c2" />
      <Label id={id} glaze={glaze} />
      <path d="M140 160c-3 70-2 150 2 226" stroke={light} stroke-width="3" fill="none" opacity="0.35" />
    </g>
  )
}

function Label({ glaze }: MotifProps) {
  const { base, shade } = glazes[glaze]
  const ink = glaze === 'porcelain' ? glazes.ink.base : shade
  return (
    <g>
      <path d="M152 196h96v148h-96Z" fill="#fbf9f4" />
      <path d="M236 196h12v148h-12Z" fill="#1a1d2b" opacity="0.05" />
      <path d="M172 276v-26a28 28 0 0 1 56 0v26Z" fill={base} />
      <path d="M187 276v-19a13 13 0 0 1 26 0v19Z" fill="#fbf9f4" />
      <g fill={ink}>
        <rect x="166" y="292" width="68" height="6" rx="3" />
        <rect x="176" y="306" width="48" height="4" rx="2" opacity="0.6" />
        <rect x="183" y="317" width="34" height="4" rx="2" opacity="0.6" />
        <circle cx="166" cy="211" r="4" />
        <rect x="176" y="209" width="30" height="4" rx="2" opacity="0.6" />
      </g>
    </g>
  )
}
