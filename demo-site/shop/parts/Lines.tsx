import type { DescribedLine } from '../describeLine'
import { formatMoney } from '../money'
import { Picture } from './Picture'

/** The basket at a glance, beside checkout. */
export function Lines({ lines }: { readonly lines: readonly DescribedLine[] }) {
  return (
    <ul class="lines">
      {lines.map(({ line, name, detail, total, picture }) => (
        <li key={line.id}>
          <span class="lines-picture">
            <Picture picture={picture} alt="" first />
          </span>
          <span class="lines-text">
            <span class="lines-name">
              {name}
              {line.quantity > 1 && <span class="lines-count"> × {line.quantity}</span>}
            </span>
            {detail && <span class="lines-detail">{detail}</span>}
          </span>
          <span class="lines-price">{formatMoney(total)}</span>
        </li>
      ))}
    </ul>
  )
}
