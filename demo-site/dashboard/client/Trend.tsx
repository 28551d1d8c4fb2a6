/** Nudges seen and their median time, over time. */
import { useEffect, useRef, useState } from 'preact/hooks'
import UPlot, { type AlignedData, type Options } from 'uplot'
import type { Activity } from '../../collector/activity'
import { Card } from './Card'
import { clockOrDay, counted, duration, time } from './format'

const heightPx = 200

const aligned = ({ series }: Activity): AlignedData => [
  series.map(({ at }) => at / 1000),
  series.map(({ n }) => n),
  series.map(({ p50 }) => p50),
]

/** Canvas knows no custom properties, so the colours are read from the page each time it is drawn anew. */
const options = (place: HTMLElement, step: number): Options => {
  const style = getComputedStyle(place)
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const font = `11px ${style.fontFamily}`
  const axis = {
    stroke: colour('muted'),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { show: false },
    font,
  }
  const onAxis = step < 60_000 ? time : clockOrDay
  const bars = UPlot.paths.bars?.({ size: [0.7, 40], radius: 0.2 })
  return {
    width: place.clientWidth,
    height: heightPx,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      // Half a step on either side, or the first and the last bar would be cut in two.
      x: { range: (_, min, max) => [min - step / 2000, max + step / 2000] },
      n: { range: (_, __, max) => [0, Math.max(4, max * 1.15)] },
      ms: { range: (_, __, max) => [0, Math.max(1, (max || 0) * 1.25)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 70,
        size: 28,
        values: (_, ticks) => ticks.map((tick) => onAxis(tick * 1000)),
      },
      {
        ...axis,
        scale: 'ms',
        size: 56,
        values: (_, ticks) => ticks.map((tick) => duration(tick).replace('.0 ', ' ')),
      },
      {
        ...axis,
        scale: 'n',
        side: 1,
        size: 40,
        grid: { show: false },
        values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? String(tick) : '')),
      },
    ],
    series: [
      {},
      { scale: 'n', fill: colour('bar'), width: 0, points: { show: false }, ...(bars && { paths: bars }) },
      {
        scale: 'ms',
        stroke: colour('accent'),
        width: 2,
        spanGaps: true,
        points: { show: true, size: 5, fill: colour('accent') },
      },
    ],
  }
}

const useDarkScheme = (): boolean => {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const changed = (): void => setDark(query.matches)
    query.addEventListener('change', changed)
    return () => query.removeEventListener('change', changed)
  }, [])
  return dark
}

export const Trend = ({ activity }: { activity: Activity }) => {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot | null>(null)
  const dark = useDarkScheme()

  useEffect(() => {
    const element = place.current
    if (!element) return
    const drawn = new UPlot(options(element, activity.step), aligned(activity), element)
    plot.current = drawn
    const resized = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height: heightPx }))
    resized.observe(element)
    return () => {
      resized.disconnect()
      drawn.destroy()
    }
    // New figures go into the drawn plot (below); only other colours or another step need a new one.
  }, [dark, activity.step])

  useEffect(() => plot.current?.setData(aligned(activity)), [activity])

  const seen = activity.series.reduce((sum, { n }) => sum + n, 0)
  const last = [...activity.series].reverse().find(({ p50 }) => p50 !== null)
  return (
    <Card id="trend" title="Over time" about="Does it stay fast when there is more to do?" wide>
      <ul class="legend legend-row">
        <li>
          <span class="swatch swatch-line" />
          Signal to seen, median (ms, left)
        </li>
        <li>
          <span class="swatch swatch-bar" />
          Nudges seen (count, right) per {duration(activity.step).replace('.0 ', ' ')}
        </li>
      </ul>
      <div
        class="trend"
        ref={place}
        role="img"
        aria-label={`${counted(seen, 'nudge')} seen; the latest median from signal to seen is ${duration(last?.p50)}.`}
      />
    </Card>
  )
}
