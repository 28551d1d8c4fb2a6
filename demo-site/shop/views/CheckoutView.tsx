import { cartStore } from '../browser/cartStore'
import { checkoutStore } from '../browser/checkoutStore'
import { useRemembered } from '../browser/useRemembered'
import type { Cart } from '../cart'
import type { Checkout } from '../checkout'
import { EmptyBasket } from '../parts/EmptyBasket'
import { Lines } from '../parts/Lines'
import { Link } from '../parts/Link'
import { Sums } from '../parts/Sums'
import type { CheckoutStep } from '../routes'
import { totalsOf, type Totals } from '../totals'
import { ContactStep } from './checkout/ContactStep'
import { DeliveryStep } from './checkout/DeliveryStep'
import { ReviewStep } from './checkout/ReviewStep'

const steps: readonly { readonly id: CheckoutStep; readonly name: string; readonly title: string }[] = [
  { id: 'contact', name: 'Address', title: 'Where shall we send it?' },
  { id: 'delivery', name: 'Delivery', title: 'How soon?' },
  { id: 'review', name: 'Payment', title: 'Payment' },
]

export function CheckoutView({ step }: { readonly step: CheckoutStep }) {
  const cart = useRemembered(cartStore)
  const checkout = useRemembered(checkoutStore)
  return (
    <div class="band tall checkout">
      <Steps here={step} />
      <h1 class="checkout-title">{steps.find(({ id }) => id === step)?.title}</h1>
      {cart && checkout && <CheckoutBody step={step} cart={cart} checkout={checkout} />}
    </div>
  )
}

function Steps({ here }: { readonly here: CheckoutStep }) {
  const at = steps.findIndex(({ id }) => id === here)
  return (
    <nav class="steps" aria-label="Checkout">
      <ol>
        {steps.map(({ id, name }, i) => (
          <li key={id} data-state={i < at ? 'done' : i === at ? 'here' : 'ahead'}>
            {i < at ? (
              <Link to={`/checkout/${id}`}>{name}</Link>
            ) : (
              <span aria-current={i === at ? 'step' : undefined}>{name}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

interface BodyProps {
  readonly step: CheckoutStep
  readonly cart: Cart
  readonly checkout: Checkout
}

function CheckoutBody({ step, cart, checkout }: BodyProps) {
  const totals = totalsOf(cart, checkout.delivery)
  if (totals.lines.length === 0) return <EmptyBasket />
  return (
    <div class="two-columns">
      <div>
        {step === 'contact' && <ContactStep country={cart.country} contact={checkout.contact} />}
        {step === 'delivery' && <DeliveryStep checkout={checkout} totals={totals} />}
        {step === 'review' && <ReviewStep checkout={checkout} totals={totals} />}
      </div>
      <OrderPanel totals={totals} />
    </div>
  )
}

function OrderPanel({ totals }: { readonly totals: Totals }) {
  return (
    <section class="panel" aria-labelledby="your-order">
      <div class="panel-head">
        <h2 id="your-order">Your order</h2>
        <Link to="/cart">Change</Link>
      </div>
      <Lines lines={totals.lines} />
      <Sums totals={totals} />
      <div data-splitsecond-slot="checkout" />
    </section>
  )
}
