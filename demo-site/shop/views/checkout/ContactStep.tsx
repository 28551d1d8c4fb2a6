import { checkoutStore } from '../../browser/checkoutStore'
import { useForm } from '../../browser/useForm'
import type { Contact } from '../../checkout'
import type { CountryCode } from '../../countries'
import { CountrySelect } from '../../parts/CountrySelect'
import { Field } from '../../parts/Field'
import { FormAlert } from '../../parts/FormAlert'
import { Link } from '../../parts/Link'
import { useShop } from '../../ShopContext'
import { all, emailAddress, needed, shaped, type Rule } from '../../validate'

const rules: Record<keyof Contact, Rule> = {
  email: emailAddress,
  name: needed('Enter the name for the parcel.'),
  street: needed('Enter street and number.'),
  postcode: all(
    needed('Enter the postcode.'),
    shaped(/^[A-Za-z0-9][A-Za-z0-9 -]{2,9}$/, 'This does not look like a postcode, for example 9000.'),
  ),
  city: needed('Enter the town or city.'),
  phone: shaped(/^\+?[\d\s()/.-]{6,20}$/, 'Digits only, please, for example +32 9 123 45 67.'),
}

interface Props {
  readonly country: CountryCode
  readonly contact: Contact | null
}

export function ContactStep({ country, contact }: Props) {
  const { go } = useShop()
  const { errors, form } = useForm(rules, (values) => {
    checkoutStore.set({ ...checkoutStore.get(), contact: values })
    go('/checkout/delivery')
  })
  const given = (field: keyof Contact) => ({
    name: field,
    error: errors[field],
    defaultValue: contact?.[field] ?? '',
  })
  return (
    <form class="form" method="post" {...form}>
      <FormAlert errors={errors} />
      <Field
        {...given('email')}
        label="E-mail"
        type="email"
        autocomplete="email"
        inputmode="email"
        required
        hint="For the confirmation, and nothing else."
      />
      <Field {...given('name')} label="Name" autocomplete="name" required />
      <Field {...given('street')} label="Street and number" autocomplete="address-line1" required />
      <Field {...given('postcode')} label="Postcode" autocomplete="postal-code" required size="third" />
      <Field {...given('city')} label="Town or city" autocomplete="address-level2" required size="half" />
      <CountrySelect label="Country" country={country} />
      <Field
        {...given('phone')}
        label="Phone"
        type="tel"
        autocomplete="tel"
        hint="Only the courier sees it."
      />
      <div class="form-end">
        <Link to="/cart" class="back-link">
          Back to the basket
        </Link>
        <button type="submit" id="to-delivery" class="button" data-cta>
          On to delivery
        </button>
      </div>
    </form>
  )
}
