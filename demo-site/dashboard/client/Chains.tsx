/** The last nudges, each with the whole way it came. */
import type { Chain } from '../../collector/activity'
import { Card } from './Card'
import { duration, time, title } from './format'
import { reasonTexts, splitNames, steps } from './glossary'
import { SplitBar } from './SplitBar'

const fits = { 'in-moment': 'In the moment', late: 'Late', missed: 'Missed' } as const
const ends = { clicked: 'used', dismissed: 'dismissed', expired: 'timed out' } as const

const Fit = ({ nudge, end }: Pick<Chain, 'nudge' | 'end'>) => {
  if (nudge.phase === 'ghost') return <span class="badge badge-ghost">Held out</span>
  return (
    <>
      <span class={`badge badge-${nudge.fit}`}>{fits[nudge.fit]}</span>
      {end && <span class="about"> {ends[end]}</span>}
    </>
  )
}

const Way = ({ nudge, scale }: { nudge: Chain['nudge']; scale: number }) => {
  if (nudge.phase === 'missed') return <p class="about">Never seen. {reasonTexts[nudge.reason]}.</p>
  return (
    <>
      <SplitBar ms={nudge.splits} scale={scale} />
      <dl class="splits">
        <div>
          <dt>{splitNames.wait}</dt>
          <dd>{duration(nudge.splits.wait)}</dd>
        </div>
        {steps.map((step) => (
          <div key={step}>
            <dt>
              <span class={`swatch part-${step}`} />
              {splitNames[step]}
            </dt>
            <dd>{duration(nudge.splits[step])}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

const spent = ({ nudge }: Chain): number =>
  nudge.phase === 'missed' ? 0 : steps.reduce((sum, step) => sum + (nudge.splits[step] ?? 0), 0)

export const Chains = ({ chains }: { chains: readonly Chain[] }) => {
  const scale = Math.max(...chains.map(spent), 0)
  return (
    <Card
      id="chains"
      title="Latest nudges"
      about="The whole way of each: the moment, the rule that answered, and every split."
      wide
    >
      {chains.length === 0 ? (
        <p class="none">No nudge has been decided yet.</p>
      ) : (
        <ol class="chains">
          {chains.map(({ moment, nudge, end }) => (
            <li key={nudge.id}>
              <div class="chain-head">
                <time dateTime={new Date(nudge.at).toISOString()}>{time(nudge.at)}</time>
                <strong>{moment ? title(moment) : 'Moment not reported'}</strong>
                <span class="about">
                  {nudge.rule} · {nudge.variant} · {nudge.channel.surface} on {nudge.page.path},{' '}
                  {nudge.channel.device}
                </span>
                <span class="chain-fit">
                  <Fit nudge={nudge} end={end} />
                  {nudge.phase === 'shown' && <strong class="number">{duration(nudge.splits.total)}</strong>}
                </span>
              </div>
              <Way nudge={nudge} scale={scale} />
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
