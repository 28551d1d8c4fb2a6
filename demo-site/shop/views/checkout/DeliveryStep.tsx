import type { TargetedEvent } from 'preact'
import { checkoutStore } from '../../browser/checkoutStore'
import type { Checkout } from '../../checkout'
import { countries } from '../../countries'
import { deliveryWays } from '../../delivery'
import { formatMoney } from '../../money'
import { Link } from '../../parts/Link'
import { useShop } from '../../ShopContext'
import type { Totals } from '../../totals'

interface Props {
  readonly checkout: Checkout
  readonly totals: Totals
}

export function DeliveryStep({ checkout, totals }: Props) {
  const { go } = useShop()
  const goods = totals.lines.reduce((sum, line) => (line.line.kind === 'product' ? sum + line.total : sum), 0)
  const submit = (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault()
    go('/checkout/review')
  }
  return (
    <form class="form" method="post" onSubmit={submit}>
      <fieldset class="ways">
        <legend>To {countries[totals.country].name}</legend>
        {deliveryWays(totals.country, goods).map(({ id, name, promise, price }) => (
          <label key={id} class="way">
            <input
              type="radio"
              name="delivery"
              value={id}
              checked={id === totals.delivery.id}
              onChange={() => checkoutStore.set({ ...checkout, delivery: id })}
            />
            <span class="way-text">
              <span class="way-name">{name}</span>
              <span class="way-promise">{promise}</span>
            </span>
            <span class="way-price" data-splitsecond-role="shipping">
              {price === 0 ? 'Free' : formatMoney(price)}
            </span>
          </label>
        ))}
      </fieldset>
      <div class="form-end">
        <Link to="/checkout/contact" class="back-link">
          Back to the address
        </Link>
        <button type="submit" id="to-review" class="button" data-cta>
          On to payment
        </button>
      </div>
    </form>
  )
}
