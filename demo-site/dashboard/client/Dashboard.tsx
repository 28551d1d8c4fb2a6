import { useState } from 'preact/hooks'
import type { Report } from '../../collector/report'
import { Chains } from './Chains'
import { Channels } from './Channels'
import { CountList } from './CountList'
import { FitBar } from './FitBar'
import { time, title } from './format'
import { isHoldReason, reasonTexts } from './glossary'
import { Headline } from './Headline'
import { Empty, Unreachable } from './Notices'
import { Trend } from './Trend'
import { useLive, type Figures } from './useLive'
import { Waterfall } from './Waterfall'

const minute = 60_000
const spans = [
  { name: '15 min', ms: 15 * minute },
  { name: '24 h', ms: 24 * 60 * minute },
  { name: 'All', ms: Infinity },
] as const

type Span = (typeof spans)[number]

const isEmpty = ({ moments, reasons, splits }: Report): boolean =>
  Object.keys(moments).length === 0 && Object.keys(reasons).length === 0 && splits.total.n === 0

const SpanChoice = ({ span, choose }: { span: Span; choose: (span: Span) => void }) => (
  <fieldset class="spans">
    <legend>Span of time</legend>
    {spans.map((one) => (
      <label key={one.name}>
        <input type="radio" name="span" checked={one === span} onChange={() => choose(one)} />
        <span>{one.name}</span>
      </label>
    ))}
  </fieldset>
)

const Cards = ({ figures: { report, activity } }: { figures: Figures }) => (
  <>
    <Headline report={report} />
    <div class="grid">
      <Waterfall splits={report.splits} />
      {activity.series.length > 0 && <Trend activity={activity} />}
      <FitBar fit={report.fit} />
      <CountList
        id="moments"
        title="Moments"
        about="What do shoppers do that we could answer? Confirmed moments by name."
        rows={Object.entries(report.moments).map(([name, n]) => ({ key: name, name: title(name), n }))}
        none="No moment has been confirmed yet."
      />
      <CountList
        id="reasons"
        title="Why nothing was shown"
        about="Which rule or limit held us back? Decisions by their last word."
        rows={Object.entries(report.reasons).flatMap(([reason, n]) =>
          isHoldReason(reason) ? [{ key: reason, name: title(reason), about: reasonTexts[reason], n }] : [],
        )}
        none="Every decision so far ended with a nudge in sight."
      />
      <Channels channels={report.channels} />
      <Chains chains={activity.chains} />
    </div>
  </>
)

export const Dashboard = () => {
  const [span, setSpan] = useState<Span>(spans[1])
  const { figures, problem } = useLive(span.ms)
  const showAll = (): void => setSpan(spans[2])

  const body = () => {
    if (!figures) return problem === null && <p class="none">Asking the collector…</p>
    if (!isEmpty(figures.report)) return <Cards figures={figures} />
    return figures.activity.anything ? <Empty showAll={showAll} /> : <Empty />
  }

  return (
    <>
      <header class="top">
        <h1>
          <img src="/dashboard/icon.svg" alt="" width="28" height="28" />
          Splitsecond <span>Dashboard</span>
        </h1>
        <nav aria-label="Demo">
          <a href="/">Shop</a>
          <a href="/v1/report">Report as JSON</a>
        </nav>
        <p class={problem === null ? 'live' : 'live live-off'}>
          {figures ? `${problem === null ? 'Live' : 'Stopped'} · ${time(figures.at)}` : 'Connecting'}
        </p>
        <SpanChoice span={span} choose={setSpan} />
      </header>
      <main>
        {problem !== null && <Unreachable problem={problem} since={figures?.at ?? null} />}
        {body()}
      </main>
    </>
  )
}
