import { glazes } from '../glazes'
import type { MotifProps } from './motif'
import { Fade, Round, Shadow } from './shades'

const steel = [
  { at: 0, colour: '#aab0b8' },
  { at: 0.25, colour: '#eef1f4' },
  { at: 0.6, colour: '#b4bac2' },
  { at: 1, colour: '#757c87' },
]
const beech = [
  { at: 0, colour: '#c9975f' },
  { at: 0.3, colour: '#e5bd8a' },
  { at: 1, colour: '#96683a' },
]

export function Kettle({ id, glaze }: MotifProps) {
  const { shade, light } = glazes[glaze]
  return (
    <g>
      <Round id={`${id}-body`} glaze={glaze} />
      <Fade id={`${id}-beech`} stops={beech} />
      <Shadow x={205} y={400} width={200} />
      <path
        d="M290 236c40-4 66 18 62 66-3 34-24 62-56 68"
        fill="none"
        stroke={`url(#${id}-beech)`}
        stroke-width="17"
        stroke-linecap="round"
      />
      <path
        d="M120 362c-34-6-42-46-44-84-2-36-4-58-22-72l-16-6 4-12 24 6c24 12 27 44 29 76 2 34 8 60 30 66Z"
        fill={`url(#${id}-body)`}
      />
      <path
        d="M120 362c-34-6-42-46-44-84-2-36-4-58-22-72l6-4c20 14 22 40 24 74 2 38 10 70 36 80Z"
        fill={shade}
        opacity="0.35"
      />
      <path
        d="M140 234h130c18 30 36 84 36 132 0 22-8 34-26 34H130c-18 0-26-12-26-34 0-48 18-102 36-132Z"
        fill={`url(#${id}-body)`}
      />
      <path d="M104 372c0 18 8 28 26 28h150c18 0 26-10 26-28-20 8-182 8-202 0Z" fill={shade} opacity="0.4" />
      <path d="M134 236c0-8 30-16 71-16s71 8 71 16c0 7-30 12-71 12s-71-5-71-12Z" fill={shade} />
      <path
        d="M142 232c0-14 26-24 63-24s63 10 63 24c0 6-28 10-63 10s-63-4-63-10Z"
        fill={`url(#${id}-body)`}
      />
      <path d="M197 208v-10h16v10Z" fill="#8a9099" />
      <circle cx="205" cy="187" r="14" fill={`url(#${id}-beech)`} />
      <path
        d="M150 262c-14 30-24 62-26 100"
        stroke={light}
        stroke-width="7"
        stroke-linecap="round"
        fill="none"
        opacity="0.7"
      />
    </g>
  )
}

export function Dripper({ id, glaze }: MotifProps) {
  const { shade, light, base } = glazes[glaze]
  return (
    <g>
      <Round id={`${id}-cone`} glaze={glaze} />
      <Shadow x={200} y={400} width={180} />
      <path
        d="M296 262c44-6 58 22 48 48-9 22-38 34-68 32"
        fill="none"
        stroke={base}
        stroke-width="15"
        stroke-linecap="round"
      />
      <path
        d="M296 262c44-6 58 22 48 48-9 22-38 34-68 32"
        fill="none"
        stroke={shade}
        stroke-width="15"
        stroke-linecap="round"
        opacity="0.35"
      />
      <path d="M90 224h220l-62 146h-96Z" fill={`url(#${id}-cone)`} />
      <ellipse cx="200" cy="224" rx="110" ry="24" fill={light} />
      <ellipse cx="200" cy="226" rx="98" ry="19" fill={shade} />
      <g stroke={base} stroke-width="3" opacity="0.8">
        <path d="M120 222l32 22M152 213l20 30M200 208v36M248 213l-20 30M280 222l-32 22" />
      </g>
      <ellipse cx="200" cy="240" rx="46" ry="7" fill="#1a1d2b" opacity="0.35" />
      <path
        d="M122 378c0-8 35-14 78-14s78 6 78 14v8c0 8-35 14-78 14s-78-6-78-14Z"
        fill={`url(#${id}-cone)`}
      />
      <path d="M122 386c0 8 35 14 78 14s78-6 78-14c-20 7-136 7-156 0Z" fill={shade} opacity="0.5" />
      <ellipse cx="200" cy="372" rx="50" ry="6" fill={shade} opacity="0.5" />
      <path d="M118 250l48 110" stroke={light} stroke-width="6" stroke-linecap="round" opacity="0.8" />
    </g>
  )
}

export function Grinder({ id, glaze }: MotifProps) {
  const { light, shade } = glazes[glaze]
  return (
    <g>
      <Round id={`${id}-body`} glaze={glaze} />
      <Fade id={`${id}-steel`} stops={steel} />
      <Fade id={`${id}-beech`} stops={beech} />
      <Shadow x={190} y={400} width={120} />
      <path d="M140 300h100v84c0 10-12 16-50 16s-50-6-50-16Z" fill={`url(#${id}-steel)`} />
      <path d="M136 172h108v132c0 6-22 10-54 10s-54-4-54-10Z" fill={`url(#${id}-body)`} />
      <path d="M136 288v16c0 6 22 10 54 10s54-4 54-10v-16c-12 7-96 7-108 0Z" fill={shade} opacity="0.5" />
      <g stroke={light} stroke-width="2" opacity="0.35">
        <path d="M150 196v84M162 198v84M174 199v84M206 199v84M218 198v84M230 196v84" />
      </g>
      <ellipse cx="190" cy="172" rx="54" ry="11" fill={`url(#${id}-steel)`} />
      <path d="M184 148h12v24h-12Z" fill={`url(#${id}-steel)`} />
      <path d="M180 138h112c5 0 8 3 8 7s-3 7-8 7H180c-5 0-8-3-8-7s3-7 8-7Z" fill={`url(#${id}-steel)`} />
      <path d="M280 96c0-9 6-14 13-14s13 5 13 14l-3 44h-20Z" fill={`url(#${id}-beech)`} />
      <path
        d="M150 318c-1 24-1 46 0 68"
        stroke="#fff"
        stroke-width="5"
        stroke-linecap="round"
        fill="none"
        opacity="0.6"
      />
    </g>
  )
}

export function Server({ id }: MotifProps) {
  return (
    <g>
      <Fade id={`${id}-cork`} stops={beech} />
      <Fade
        id={`${id}-coffee`}
        stops={[
          { at: 0, colour: '#5b2c16' },
          { at: 0.3, colour: '#8a4a25' },
          { at: 1, colour: '#35180b' },
        ]}
      />
      <Shadow x={200} y={400} width={190} />
      <path
        d="M164 178h72v50c42 22 66 62 66 106 0 42-20 66-50 66H148c-30 0-50-24-50-66 0-44 24-84 66-106Z"
        fill="#fff"
        opacity="0.5"
      />
      <path
        d="M103 308h194c4 10 5 18 5 26 0 42-20 66-50 66H148c-30 0-50-24-50-66 0-8 1-16 5-26Z"
        fill={`url(#${id}-coffee)`}
        opacity="0.92"
      />
      <ellipse cx="200" cy="308" rx="97" ry="13" fill="#7c4323" />
      <path
        d="M164 178h72v50c42 22 66 62 66 106 0 42-20 66-50 66H148c-30 0-50-24-50-66 0-44 24-84 66-106Z"
        fill="none"
        stroke="#fff"
        stroke-width="4"
        opacity="0.85"
      />
      <path d="M156 176c0-8 20-13 44-13s44 5 44 13l10-5-8 14h-90Z" fill="#fff" opacity="0.75" />
      <path d="M160 194h80v40c-8 6-72 6-80 0Z" fill={`url(#${id}-cork)`} />
      <path d="M160 212h80v5h-80Z" fill="#f3ecdc" />
      <path
        d="M128 272c-12 18-18 40-17 62"
        stroke="#fff"
        stroke-width="8"
        stroke-linecap="round"
        fill="none"
        opacity="0.8"
      />
    </g>
  )
}

export function Filters({ id }: MotifProps) {
  return (
    <g>
      <Fade
        id={`${id}-box`}
        stops={[
          { at: 0, colour: '#c79b66' },
          { at: 0.4, colour: '#dcb583' },
          { at: 1, colour: '#b98a54' },
        ]}
      />
      <Shadow x={206} y={400} width={210} />
      <path d="M130 296 108 168c60-24 124-24 184 0l-22 128Z" fill="#f2e7d2" />
      <path d="M120 296 100 184c58-22 130-24 190-2l-24 114Z" fill="#e9dabd" />
      <path d="M134 300 128 200c44-18 100-18 144 2l-10 98Z" fill="#f7efdf" />
      <path d="M128 200c44-18 100-18 144 2l-3 9c-42-18-96-18-139-2Z" fill="#d9c8a6" />
      <path d="M96 268h190v132H96Z" fill={`url(#${id}-box)`} />
      <path d="M286 268l28-14v130l-28 16Z" fill="#94693a" />
      <path d="M96 268h190v7H96Z" fill="#8d6335" opacity="0.5" />
      <path d="M150 268c8 26 74 26 82 0Z" fill="#f7efdf" />
      <path d="M128 312h126v64H128Z" fill="#fbf9f4" />
      <path d="M146 356v-14a14 14 0 0 1 28 0v14Z" fill={glazes.cobalt.base} />
      <g fill={glazes.ink.base}>
        <rect x="186" y="330" width="50" height="6" rx="3" />
        <rect x="186" y="345" width="36" height="4" rx="2" opacity="0.6" />
      </g>
    </g>
  )
}
