import { useEffect } from 'preact/hooks'
import { cartStore } from '../browser/cartStore'
import { orderStore } from '../browser/orderStore'
import { useRemembered } from '../browser/useRemembered'
import { formatMoney } from '../money'
import type { Order } from '../order'
import { Link } from '../parts/Link'
import { tell } from '../tell'

export function OrderCompleteView() {
  const order = useRemembered(orderStore)
  return (
    <div class="band tall narrow">
      {order === undefined ? null : order ? <Thanks order={order} /> : <NoOrder />}
    </div>
  )
}

function Thanks({ order }: { readonly order: Order }) {
  useEffect(() => {
    if (order.told) return
    orderStore.set({ ...order, told: true })
    cartStore.set({ ...cartStore.get(), lines: [] })
    tell('track', 'order_complete', { value: order.total / 100, currency: 'EUR' })
  }, [order])
  return (
    <>
      <div class="page-head">
        <p class="eyebrow">
          Order <span id="order-number">{order.number}</span>
        </p>
        <h1>Thank you. We are on it.</h1>
        <p class="lead">
          A confirmation is on its way to {order.email}. {order.delivery} delivery:{' '}
          {lowerFirst(order.promise)}.
        </p>
      </div>
      <table class="receipt">
        <caption class="sr-only">What you ordered</caption>
        <thead class="sr-only">
          <tr>
            <th scope="col">Item</th>
            <th scope="col">Price</th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map(({ id, name, detail, quantity, total }) => (
            <tr key={id}>
              <th scope="row">
                {name}
                {quantity > 1 && ` × ${quantity}`}
                {detail && <span class="receipt-detail">{detail}</span>}
              </th>
              <td>{formatMoney(total)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total, delivery included</th>
            <td id="order-total">{formatMoney(order.total)}</td>
          </tr>
        </tfoot>
      </table>
      <p class="row">
        <Link to="/" class="button">
          Back to the shop
        </Link>
        <Link to="/support" class="button button-quiet">
          Something wrong?
        </Link>
      </p>
    </>
  )
}

function NoOrder() {
  return (
    <>
      <div class="page-head">
        <h1>No order here</h1>
        <p class="lead">Once you have placed an order in this tab, this is where it is confirmed.</p>
      </div>
      <p>
        <Link to="/list/all" class="button">
          Look around the shop
        </Link>
      </p>
    </>
  )
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
