/** Names with their counts, as bars against the largest. */
import { Card } from './Card'
import { count } from './format'

export interface CountRow {
  readonly key: string
  readonly name: string
  readonly about?: string
  readonly n: number
}

interface CountListProps {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly rows: readonly CountRow[]
  /** What to say while there are none. */
  readonly none: string
}

export const CountList = ({ id, title, about, rows, none }: CountListProps) => {
  const most = Math.max(...rows.map(({ n }) => n), 0)
  return (
    <Card id={id} title={title} about={about}>
      {rows.length === 0 ? (
        <p class="none">{none}</p>
      ) : (
        <ul class="counts">
          {rows.map((row) => (
            <li key={row.key}>
              <span>
                <strong>{row.name}</strong> {row.about && <span class="about">{row.about}</span>}
              </span>
              <span class="number">{count(row.n)}</span>
              <span class="track" aria-hidden="true">
                <span style={{ width: `${(row.n / most) * 100}%` }} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
