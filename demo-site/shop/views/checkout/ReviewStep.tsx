import { useState } from 'preact/hooks'
import { orderStore } from '../../browser/orderStore'
import { useForm } from '../../browser/useForm'
import type { Checkout } from '../../checkout'
import { countries } from '../../countries'
import { formatMoney } from '../../money'
import { orderFrom, orderNumber } from '../../order'
import { Field } from '../../parts/Field'
import { FormAlert } from '../../parts/FormAlert'
import { Link } from '../../parts/Link'
import { useShop } from '../../ShopContext'
import type { Totals } from '../../totals'
import { cardCode, cardExpiry, cardNumber, needed } from '../../validate'

interface Props {
  readonly checkout: Checkout
  readonly totals: Totals
}

export function ReviewStep({ checkout, totals }: Props) {
  const { go } = useShop()
  const [placing, setPlacing] = useState(false)
  const { contact } = checkout
  const { errors, form } = useForm(
    {
      'cc-name': needed('Enter the name on the card.'),
      'cc-number': cardNumber,
      'cc-exp': cardExpiry(new Date()),
      'cc-csc': cardCode,
    },
    () => {
      if (!contact) {
        document.getElementById('address-missing')?.focus()
        return
      }
      // The card itself goes nowhere: it is neither stored nor sent.
      setPlacing(true)
      orderStore.set(orderFrom(totals, { number: orderNumber(Math.random()), email: contact.email }))
      go('/order-complete')
    },
  )
  return (
    <>
      <Address checkout={checkout} totals={totals} />
      <form class="form" method="post" {...form}>
        <FormAlert errors={errors} />
        <p class="form-note">
          Nothing is charged here. Use 4242 4242 4242 4242, any date to come and any three digits; they never
          leave this page.
        </p>
        <Field
          name="cc-name"
          label="Name on the card"
          autocomplete="cc-name"
          required
          error={errors['cc-name']}
        />
        <Field
          name="cc-number"
          label="Card number"
          autocomplete="cc-number"
          inputmode="numeric"
          required
          error={errors['cc-number']}
        />
        <Field
          name="cc-exp"
          label="Expires"
          autocomplete="cc-exp"
          inputmode="numeric"
          placeholder="MM/YY"
          required
          size="third"
          error={errors['cc-exp']}
        />
        <Field
          name="cc-csc"
          label="Security code"
          autocomplete="cc-csc"
          inputmode="numeric"
          required
          size="third"
          error={errors['cc-csc']}
        />
        <div class="form-end">
          <Link to="/checkout/delivery" class="back-link">
            Back to delivery
          </Link>
          <button type="submit" id="place-order" class="button" data-cta disabled={placing}>
            Place order, {formatMoney(totals.total)}
          </button>
        </div>
      </form>
    </>
  )
}

function Address({ checkout: { contact }, totals }: Props) {
  if (!contact) {
    return (
      <p class="notice">
        We do not know where to send it yet.{' '}
        <Link to="/checkout/contact" id="address-missing">
          Fill in the address
        </Link>
      </p>
    )
  }
  return (
    <div class="recap">
      <div>
        <h2>Goes to</h2>
        <p>
          {contact.name}, {contact.street}, {contact.postcode} {contact.city},{' '}
          {countries[totals.country].name}
        </p>
        <Link to="/checkout/contact">Change the address</Link>
      </div>
      <div>
        <h2>{totals.delivery.name} delivery</h2>
        <p>{totals.delivery.promise}</p>
        <Link to="/checkout/delivery">Change the delivery</Link>
      </div>
    </div>
  )
}
