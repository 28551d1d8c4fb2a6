import { glazes } from '../glazes'
import type { MotifProps } from './motif'
import { Fade, Round, Shadow } from './shades'

/** Bare stoneware below the glaze line: every pot from this workshop shows its clay at the foot. */
const clay = [
  { at: 0, colour: '#b79a7c' },
  { at: 0.3, colour: '#d6bd9f' },
  { at: 1, colour: '#85694e' },
]

export function Mug({ id, glaze }: MotifProps) {
  return (
    <g>
      <Shadow x={200} y={400} width={180} />
      <MugShape id={id} glaze={glaze} />
    </g>
  )
}

function MugShape({ id, glaze }: MotifProps) {
  const { shade, light, base } = glazes[glaze]
  return (
    <g>
      <Round id={`${id}-body`} glaze={glaze} />
      <Fade id={`${id}-clay`} stops={clay} />
      <path
        d="M276 244c54-10 78 18 70 56-8 36-42 54-80 48"
        fill="none"
        stroke={base}
        stroke-width="20"
        stroke-linecap="round"
      />
      <path
        d="M276 244c54-10 78 18 70 56-8 36-42 54-80 48"
        fill="none"
        stroke={shade}
        stroke-width="20"
        stroke-linecap="round"
        opacity="0.4"
      />
      <path
        d="M284 238c44-6 62 14 58 42"
        fill="none"
        stroke={light}
        stroke-width="4"
        stroke-linecap="round"
        opacity="0.6"
      />
      <path d="M112 208h176v168c0 16-12 24-28 24H140c-16 0-28-8-28-24Z" fill={`url(#${id}-clay)`} />
      <path d="M112 208h176v150c-20 10-48 2-88 8-38 5-66 2-88-4Z" fill={`url(#${id}-body)`} />
      <ellipse cx="200" cy="208" rx="88" ry="18" fill={light} />
      <ellipse cx="200" cy="210" rx="80" ry="14" fill={shade} />
      <path d="M124 214c10-7 40-10 76-10s66 3 76 10c-10 6-40 10-76 10s-66-4-76-10Z" fill="#4a2412" />
      <path d="M134 213c10-4 30-6 50-6-14 3-30 6-40 9Z" fill="#8a5130" opacity="0.8" />
      <path d="M134 236v108" stroke={light} stroke-width="8" stroke-linecap="round" opacity="0.75" />
    </g>
  )
}

export function Cups({ id, glaze }: MotifProps) {
  return (
    <g>
      <Shadow x={262} y={386} width={120} />
      <g transform="translate(70 -14)">
        <Cup id={`${id}-back`} glaze={glaze} />
      </g>
      <Shadow x={146} y={402} width={124} />
      <g transform="translate(-56 2)">
        <Cup id={`${id}-front`} glaze={glaze} />
      </g>
    </g>
  )
}

function Cup({ id, glaze }: MotifProps) {
  const { shade, light } = glazes[glaze]
  return (
    <g>
      <Round id={`${id}-body`} glaze={glaze} />
      <Fade id={`${id}-clay`} stops={clay} />
      <path
        d="M136 264h128c0 54-10 100-24 128-4 6-12 8-40 8s-36-2-40-8c-14-28-24-74-24-128Z"
        fill={`url(#${id}-clay)`}
      />
      <path d="M136 264h128c0 36-4 68-11 94-28 8-76-2-106 0-7-26-11-58-11-94Z" fill={`url(#${id}-body)`} />
      <ellipse cx="200" cy="264" rx="64" ry="13" fill={light} />
      <ellipse cx="200" cy="266" rx="57" ry="10" fill={shade} />
      <ellipse cx="200" cy="269" rx="51" ry="7" fill="#c79368" />
      <path
        d="M153 286c1 24 4 44 9 62"
        stroke={light}
        stroke-width="6"
        stroke-linecap="round"
        fill="none"
        opacity="0.75"
      />
    </g>
  )
}

export function Bowl({ id, glaze }: MotifProps) {
  const { shade, light } = glazes[glaze]
  return (
    <g>
      <Round id={`${id}-body`} glaze={glaze} />
      <Fade id={`${id}-clay`} stops={clay} />
      <Shadow x={200} y={400} width={200} />
      <path d="M70 262h260c0 62-38 116-82 130l-4 8h-88l-4-8c-44-14-82-68-82-130Z" fill={`url(#${id}-clay)`} />
      <path
        d="M70 262h260c0 26-7 51-18 72-46 18-92-4-136 6-36 8-66 6-88-6-11-21-18-46-18-72Z"
        fill={`url(#${id}-body)`}
      />
      <ellipse cx="200" cy="262" rx="130" ry="32" fill={light} />
      <ellipse cx="200" cy="265" rx="120" ry="27" fill={shade} />
      <path
        d="M92 276c20 12 62 18 108 18s88-6 108-18c-8-12-52-22-108-22s-100 10-108 22Z"
        fill={glazes[glaze].base}
        opacity="0.65"
      />
      <path
        d="M96 288c6 14 14 27 24 38"
        stroke={light}
        stroke-width="8"
        stroke-linecap="round"
        fill="none"
        opacity="0.75"
      />
    </g>
  )
}

export function Plate({ id, glaze }: MotifProps) {
  const { base, light, shade } = glazes[glaze]
  return (
    <g>
      <Fade
        id={`${id}-dish`}
        stops={[
          { at: 0, colour: light },
          { at: 0.6, colour: base },
          { at: 1, colour: shade },
        ]}
      />
      <Shadow x={200} y={398} width={250} />
      <circle cx="206" cy="236" r="128" fill={shade} />
      <circle cx="200" cy="234" r="128" fill={`url(#${id}-dish)`} />
      <circle cx="200" cy="234" r="97" fill={shade} opacity="0.3" />
      <circle cx="201" cy="236" r="95" fill={base} />
      <path
        d="M88 212c11-42 47-73 93-82"
        stroke="#fff"
        stroke-width="6"
        stroke-linecap="round"
        fill="none"
        opacity="0.8"
      />
      {[0, 1, 2].map((i) => (
        <g key={i} transform={`translate(0 ${-i * 20})`}>
          <path
            d="M56 366c0 20 64 34 144 34s144-14 144-34l-4 8c-14 18-70 28-140 28S74 392 60 374Z"
            fill={shade}
          />
          <ellipse cx="200" cy="366" rx="144" ry="32" fill={`url(#${id}-dish)`} />
          <ellipse cx="200" cy="368" rx="110" ry="22" fill={shade} opacity="0.35" />
          <ellipse cx="200" cy="370" rx="106" ry="20" fill={base} />
        </g>
      ))}
    </g>
  )
}

export function Jar({ id, glaze }: MotifProps) {
  const { light, shade } = glazes[glaze]
  return (
    <g>
      <Round id={`${id}-body`} glaze={glaze} />
      <Fade id={`${id}-clay`} stops={clay} />
      <Shadow x={200} y={400} width={190} />
      <path
        d="M124 190h152c22 16 30 42 30 82v98c0 20-14 30-34 30H128c-20 0-34-10-34-30v-98c0-40 8-66 30-82Z"
        fill={`url(#${id}-clay)`}
      />
      <path
        d="M124 190h152c22 16 30 42 30 82v84c-34 12-70-4-110 4-40 7-76 4-102-6v-82c0-40 8-66 30-82Z"
        fill={`url(#${id}-body)`}
      />
      <ellipse cx="200" cy="190" rx="76" ry="13" fill={shade} />
      <path
        d="M116 160c0-8 36-14 84-14s84 6 84 14v22c0 8-36 14-84 14s-84-6-84-14Z"
        fill={`url(#${id}-clay)`}
      />
      <ellipse cx="200" cy="160" rx="84" ry="14" fill="#dfc29b" />
      <ellipse cx="200" cy="146" rx="22" ry="12" fill={`url(#${id}-clay)`} />
      <ellipse cx="200" cy="142" rx="22" ry="9" fill="#e8cda8" />
      <path
        d="M118 250c-2 10-3 22-3 34v56"
        stroke={light}
        stroke-width="9"
        stroke-linecap="round"
        fill="none"
        opacity="0.9"
      />
    </g>
  )
}
