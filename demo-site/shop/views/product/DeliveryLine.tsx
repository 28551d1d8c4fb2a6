import { cartStore } from '../../browser/cartStore'
import { useRemembered } from '../../browser/useRemembered'
import { emptyCart } from '../../cart'
import { countries } from '../../countries'
import { deliveryWay } from '../../delivery'
import { formatMoney } from '../../money'

/** What delivery would cost for this alone, in the country the shopper has chosen. */
export function DeliveryLine({ price }: { readonly price: number }) {
  const { country } = useRemembered(cartStore) ?? emptyCart
  const way = deliveryWay(country, price, 'standard')
  return (
    <p class="product-delivery" data-splitsecond-role="shipping">
      {way.price === 0 ? 'Free delivery' : `Delivery ${formatMoney(way.price)}`} to {countries[country].name}.{' '}
      {way.promise}.
    </p>
  )
}
