import { announce } from '../browser/announcements'
import { cartStore } from '../browser/cartStore'
import { useRemembered } from '../browser/useRemembered'
import { setQuantity, type Cart } from '../cart'
import type { DescribedLine } from '../describeLine'
import { formatMoney } from '../money'
import { CountrySelect } from '../parts/CountrySelect'
import { EmptyBasket } from '../parts/EmptyBasket'
import { Link } from '../parts/Link'
import { Picture } from '../parts/Picture'
import { QuantityStepper } from '../parts/QuantityStepper'
import { Sums } from '../parts/Sums'
import { totalsOf } from '../totals'

export function CartView() {
  const cart = useRemembered(cartStore)
  return (
    <div class="band tall">
      <div class="page-head">
        <h1>Your basket</h1>
      </div>
      {cart && <Basket cart={cart} />}
    </div>
  )
}

function Basket({ cart }: { readonly cart: Cart }) {
  const totals = totalsOf(cart)
  if (totals.lines.length === 0) return <EmptyBasket />
  return (
    <div class="two-columns">
      <div>
        <ul class="basket" aria-label="Items in your basket">
          {totals.lines.map((described) => (
            <BasketLine key={described.line.id} cart={cart} described={described} />
          ))}
        </ul>
        <p class="basket-more">
          <Link to="/list/all">Keep looking around</Link>
        </p>
      </div>
      <section class="panel" aria-labelledby="summary">
        <h2 id="summary">Summary</h2>
        <CountrySelect label="Deliver to" country={cart.country} />
        <Sums totals={totals} />
        {totals.missingForFree !== null && (
          <p class="panel-note">{formatMoney(totals.missingForFree)} more, and delivery is free.</p>
        )}
        <Link to="/checkout/contact" id="to-checkout" class="button button-wide" data-cta>
          Go to checkout
        </Link>
        <p class="panel-small" data-splitsecond-role="returns">
          Sixty days to change your mind. We pay the way back.
        </p>
        <div data-splitsecond-slot="cart" />
      </section>
    </div>
  )
}

function BasketLine({ cart, described }: { readonly cart: Cart; readonly described: DescribedLine }) {
  const { line, name, detail, unit, total, path, picture } = described
  const change = (quantity: number) => {
    const next = setQuantity(cart, line.id, quantity)
    cartStore.set(next)
    const what = quantity < 1 ? `${name} removed.` : `${quantity} × ${name}.`
    announce(`${what} The total is ${formatMoney(totalsOf(next).total)}.`)
  }
  return (
    <li class="basket-line" data-line={line.id}>
      <Link to={path} class="basket-picture" tabindex={-1} aria-hidden="true">
        <Picture picture={picture} alt="" first />
      </Link>
      <div class="basket-text">
        <h2 class="basket-name">
          <Link to={path}>{name}</Link>
        </h2>
        {detail && <p class="basket-detail">{detail}</p>}
        <p class="basket-unit">{formatMoney(unit)}</p>
      </div>
      <div class="basket-controls">
        {line.kind === 'product' ? (
          <QuantityStepper of={name} quantity={line.quantity} onChange={change} />
        ) : (
          <p class="basket-fixed">One at a time</p>
        )}
        <button type="button" class="link-button" aria-label={`Remove ${name}`} onClick={() => change(0)}>
          Remove
        </button>
      </div>
      <p class="basket-total">{formatMoney(total)}</p>
    </li>
  )
}
