/** The steps of one chain, or of one percentile, as a bar of coloured parts. */
import type { Splits } from '../../../sdk/schema/event'
import { duration } from './format'
import { splitNames, steps, type Step } from './glossary'

interface SplitBarProps {
  readonly ms: Readonly<Pick<Splits, Step>> | Readonly<Record<Step, number | null>>
  /** What the full width stands for, ms. */
  readonly scale: number
}

const percent = (part: number, of: number): string => `${of > 0 ? (part / of) * 100 : 0}%`

/** Its figures stand in the table beside it, so for a screen reader it is decoration. */
export const SplitBar = ({ ms, scale }: SplitBarProps) => (
  <div class="split-bar" aria-hidden="true">
    {steps.map((step) => (
      <span
        key={step}
        class={`part part-${step}`}
        title={`${splitNames[step]}: ${duration(ms[step])}`}
        style={{ width: percent(ms[step] ?? 0, scale) }}
      />
    ))}
  </div>
)
