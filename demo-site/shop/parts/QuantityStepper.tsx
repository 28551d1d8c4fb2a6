import { maxQuantity } from '../cart'

interface Props {
  /** What is counted, for the buttons' names. */
  readonly of: string
  readonly quantity: number
  readonly onChange: (quantity: number) => void
  readonly disabled?: boolean
}

export function QuantityStepper({ of, quantity, onChange, disabled = false }: Props) {
  return (
    <div class="stepper" role="group" aria-label={`Quantity of ${of}`}>
      <button
        type="button"
        class="stepper-less"
        aria-label={`One ${of} less`}
        disabled={disabled || quantity <= 1}
        onClick={() => onChange(quantity - 1)}
      >
        <span aria-hidden="true">−</span>
      </button>
      <span class="stepper-count">{quantity}</span>
      <button
        type="button"
        class="stepper-more"
        aria-label={`One ${of} more`}
        disabled={disabled || quantity >= maxQuantity}
        onClick={() => onChange(quantity + 1)}
      >
        <span aria-hidden="true">+</span>
      </button>
    </div>
  )
}
