/** The four figures that a product team reports. */
import type { Report } from '../../collector/report'
import { count, counted, duration, share } from './format'

interface FigureProps {
  readonly name: string
  readonly value: string
  readonly beside: string
  readonly about: string
}

const Figure = ({ name, value, beside, about }: FigureProps) => (
  <div class="figure">
    <dt>{name}</dt>
    <dd>
      <strong>{value}</strong>
      <span class="beside">{beside}</span>
      <span class="about">{about}</span>
    </dd>
  </div>
)

const added = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, n) => sum + n, 0)

export const Headline = ({ report: { splits, fit, moments, reasons } }: { report: Report }) => (
  <dl class="headline">
    <Figure
      name="Signal to seen"
      value={duration(splits.total.p50)}
      beside={`median · p95 ${duration(splits.total.p95)}`}
      about="From the shopper’s signal to a nudge in sight."
    />
    <Figure
      name="Moment fit"
      value={share(fit.rate)}
      beside={`${count(fit.inMoment)} of ${counted(fit.inMoment + fit.late + fit.missed, 'nudge')}`}
      about="Seen for half a second while the moment lasted, or used."
    />
    <Figure
      name="Nudges seen"
      value={count(splits.total.n)}
      beside={`of ${counted(added(reasons), 'decision')}`}
      about="Painted, and in the shopper’s view."
    />
    <Figure
      name="Moments"
      value={count(added(moments))}
      beside={`of ${counted(Object.keys(moments).length, 'kind')}`}
      about="Confirmed: the evidence was complete."
    />
  </dl>
)
