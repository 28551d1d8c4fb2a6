import { useState } from 'preact/hooks'
import { announce } from '../../browser/announcements'
import { cartStore } from '../../browser/cartStore'
import { useReady } from '../../browser/useReady'
import { addToCart, countItems } from '../../cart'
import { Link } from '../../parts/Link'
import { QuantityStepper } from '../../parts/QuantityStepper'
import type { Product } from '../../product'

interface Props {
  readonly product: Product
  readonly choices: readonly string[]
}

export function AddToCart({ product, choices }: Props) {
  const ready = useReady()
  const [quantity, setQuantity] = useState(1)
  const [added, setAdded] = useState(false)
  const add = () => {
    const cart = addToCart(cartStore.get(), { kind: 'product', item: product.slug, choices, quantity })
    cartStore.set(cart)
    setAdded(true)
    setQuantity(1)
    announce(`${product.name} is in your basket. ${countItems(cart)} items in all.`)
  }
  return (
    <div class="buy">
      <div class="buy-row">
        <QuantityStepper of={product.name} quantity={quantity} onChange={setQuantity} disabled={!ready} />
        <button
          type="button"
          id="add-to-cart"
          class="button button-wide"
          data-cta
          disabled={!ready}
          onClick={add}
        >
          Add to basket
        </button>
      </div>
      <p class="buy-note" data-added={added ? '' : undefined}>
        {added ? (
          <>
            It is in your basket. <Link to="/cart">Go to the basket</Link>
          </>
        ) : (
          'In stock in Ghent.'
        )}
      </p>
    </div>
  )
}
