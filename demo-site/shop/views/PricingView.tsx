import { useState } from 'preact/hooks'
import { cartStore } from '../browser/cartStore'
import { useReady } from '../browser/useReady'
import { addToCart } from '../cart'
import { formatMoney } from '../money'
import { planPrice, plans, type Billing, type Plan } from '../plans'
import { useShop } from '../ShopContext'

const questions = [
  [
    'Can I stop?',
    'Any time before the 20th, for the month after. There is a link in every mail we send you.',
  ],
  ['When does it arrive?', 'We roast on the first Tuesday and post on the Wednesday, so mostly by Friday.'],
  ['Can I change the coffee?', 'Every month, or leave it to us: we never send the same one twice in a row.'],
] as const

export function PricingView() {
  const [billing, setBilling] = useState<Billing>('monthly')
  return (
    <div class="band">
      <div class="page-head page-head-centred">
        <p class="eyebrow">Standing order</p>
        <h1>Fresh coffee, before you run out.</h1>
        <p class="lead">
          Roasted the day before it leaves. Delivery is in the price, and you can stop any month.
        </p>
      </div>
      <fieldset class="billing">
        <legend class="sr-only">How to pay</legend>
        {(['monthly', 'yearly'] as const).map((each) => (
          <label key={each} class="billing-choice">
            <input
              type="radio"
              name="billing"
              value={each}
              checked={billing === each}
              autocomplete="off"
              onChange={() => setBilling(each)}
            />
            <span>{each === 'monthly' ? 'Monthly' : 'Yearly, one month free'}</span>
          </label>
        ))}
      </fieldset>
      <ul class="plans">
        {plans.map((plan) => (
          <PlanCard key={plan.id} plan={plan} billing={billing} />
        ))}
      </ul>
      <div data-splitsecond-slot="pricing" />
      <section class="questions" aria-labelledby="questions">
        <h2 id="questions">Before you ask</h2>
        <dl>
          {questions.map(([question, answer]) => (
            <div key={question}>
              <dt>{question}</dt>
              <dd>{answer}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}

function PlanCard({ plan, billing }: { readonly plan: Plan; readonly billing: Billing }) {
  const ready = useReady()
  const { go } = useShop()
  const choose = () => {
    const wanted = { kind: 'plan', item: plan.id, choices: [billing], quantity: 1 } as const
    cartStore.set(addToCart(cartStore.get(), wanted))
    go('/cart')
  }
  return (
    <li class="plan" data-recommended={plan.recommended ? '' : undefined}>
      {plan.recommended && <p class="plan-flag">Most people take this one</p>}
      <h2 class="plan-name">{plan.name}</h2>
      <p class="plan-whom">{plan.forWhom}</p>
      <p class="plan-price" data-splitsecond-role="price">
        <span class="plan-amount">{formatMoney(planPrice(plan, billing))}</span>{' '}
        <span class="plan-period">{billing === 'monthly' ? 'a month' : 'a year'}</span>
      </p>
      <button
        type="button"
        id={`plan-${plan.id}`}
        class={plan.recommended ? 'button button-wide' : 'button button-quiet button-wide'}
        data-cta
        disabled={!ready}
        onClick={choose}
      >
        Choose {plan.name}
      </button>
      <ul class="ticks">
        {plan.includes.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </li>
  )
}
