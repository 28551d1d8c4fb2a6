import { countries } from '../countries'
import { formatMoney } from '../money'
import type { Totals } from '../totals'

/** The arithmetic of an order, as it stands in the basket and beside checkout. */
export function Sums({ totals }: { readonly totals: Totals }) {
  const { items, delivery, vat, total, country } = totals
  const place = countries[country].name
  return (
    <dl class="sums">
      <div>
        <dt>Items</dt>
        <dd>{formatMoney(items)}</dd>
      </div>
      <div data-splitsecond-role="shipping">
        <dt>
          {delivery.name} delivery<span class="sums-note">{delivery.promise}</span>
        </dt>
        <dd>{delivery.price === 0 ? 'Free' : formatMoney(delivery.price)}</dd>
      </div>
      {vat.treatment === 'taken-off' && (
        <div>
          <dt>
            Belgian VAT taken off<span class="sums-note">Import tax for {place} is paid at the door</span>
          </dt>
          <dd>−{formatMoney(vat.amount)}</dd>
        </div>
      )}
      <div class="sums-total" data-splitsecond-role="total">
        <dt>Total</dt>
        <dd id="total">{formatMoney(total)}</dd>
      </div>
      {vat.treatment === 'included' && (
        <div class="sums-vat">
          <dt>VAT for {place}, included</dt>
          <dd id="vat">{formatMoney(vat.amount)}</dd>
        </div>
      )}
    </dl>
  )
}
