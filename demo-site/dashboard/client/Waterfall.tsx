/** Where the time between signal and nudge goes, step by step. */
import type { Percentiles, Report } from '../../collector/report'
import { Card } from './Card'
import { counted, duration } from './format'
import { splitNames, splitQuestions, steps, sums, type Step } from './glossary'
import type { SplitName } from '../../collector/columns'
import { SplitBar } from './SplitBar'

type Splits = Report['splits']

const added = (splits: Splits, of: 'p50' | 'p95'): number =>
  steps.reduce((sum, step) => sum + (splits[step][of] ?? 0), 0)

const at = (splits: Splits, of: 'p50' | 'p95'): Record<Step, number | null> => ({
  capture: splits.capture[of],
  detect: splits.detect[of],
  profile: splits.profile[of],
  decide: splits.decide[of],
  mount: splits.mount[of],
  paint: splits.paint[of],
})

const isStep = (name: SplitName): name is Step => steps.some((step) => step === name)

const Row = ({ name, figures }: { name: SplitName; figures: Percentiles }) => (
  <tr class={name === 'total' ? 'total' : undefined}>
    <th scope="row">
      {isStep(name) && <span class={`swatch part-${name}`} />}
      {splitNames[name]}
    </th>
    <td class="question">{splitQuestions[name]}</td>
    <td>{duration(figures.p50)}</td>
    <td>{duration(figures.p95)}</td>
    <td>{duration(figures.p99)}</td>
  </tr>
)

export const Waterfall = ({ splits }: { splits: Splits }) => {
  const scale = Math.max(added(splits, 'p50'), added(splits, 'p95'))
  return (
    <Card
      id="waterfall"
      title="Where the time goes"
      about="The steps from the shopper’s signal to a nudge in sight. Which one should we make faster?"
      wide
    >
      <div class="waterfall">
        {(['p50', 'p95'] as const).map((of) => (
          <div class="waterfall-row" key={of}>
            <span class="waterfall-name">{of === 'p50' ? 'Median' : 'p95'}</span>
            <SplitBar ms={at(splits, of)} scale={scale} />
            <strong class="number">{duration(splits.total[of])}</strong>
          </div>
        ))}
      </div>
      <p class="wait">
        <strong>Before that: {duration(splits.wait.p50)} of watching</strong> (wait, median).{' '}
        {splitQuestions.wait} That is a choice, so it is part of no sum.
      </p>
      <div class="scroll" role="region" aria-label="Table of split times" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Split</th>
              <th scope="col" class="question">
                The question it answers
              </th>
              <th scope="col">Median</th>
              <th scope="col">p95</th>
              <th scope="col">p99</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((name) => (
              <Row key={name} name={name} figures={splits[name]} />
            ))}
          </tbody>
          <tbody class="sums">
            {sums.map((name) => (
              <Row key={name} name={name} figures={splits[name]} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">
        From {counted(splits.total.n, 'nudge')} seen. Each percentile is taken by itself, so the steps’
        percentiles need not add up to the total’s.
      </p>
    </Card>
  )
}
