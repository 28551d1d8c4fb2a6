/** Did the nudges meet their moments? */
import type { Fit } from '../../collector/report'
import { Card } from './Card'
import { count, share } from './format'

const kinds = [
  { key: 'inMoment', name: 'In the moment', about: 'seen for half a second of it, or used' },
  { key: 'late', name: 'Late', about: 'seen, but for less of it, or after it' },
  { key: 'missed', name: 'Missed', about: 'decided, but never seen' },
] as const

export const FitBar = ({ fit }: { fit: Fit }) => {
  const all = fit.inMoment + fit.late + fit.missed
  return (
    <Card
      id="fit"
      title="Moment fit"
      about="Did the nudge come while the shopper’s next step was still open?"
    >
      <div class="fit-bar" aria-hidden="true">
        {kinds.map(({ key }) => (
          <span
            key={key}
            class={`fit-${key}`}
            style={{ width: `${all > 0 ? (fit[key] / all) * 100 : 0}%` }}
          />
        ))}
      </div>
      <ul class="legend">
        {kinds.map(({ key, name, about }) => (
          <li key={key}>
            <span class={`swatch fit-${key}`} />
            <span>
              <strong>{name}</strong> <span class="about">{about}</span>
            </span>
            <span class="number">
              {count(fit[key])} <span class="about">{share(all > 0 ? fit[key] / all : null)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
