import { useState } from 'preact/hooks'
import { announce } from '../browser/announcements'
import { cartStore } from '../browser/cartStore'
import { useReady } from '../browser/useReady'
import { useRemembered } from '../browser/useRemembered'
import { addToCart, countItems, emptyCart } from '../cart'
import { chosen, defaultChoices, findCategory, goesWith } from '../catalogue'
import { countries } from '../countries'
import { deliveryWay } from '../delivery'
import { formatMoney } from '../money'
import { Link } from '../parts/Link'
import { OptionPicker } from '../parts/OptionPicker'
import { Picture } from '../parts/Picture'
import { ProductGrid } from '../parts/ProductGrid'
import { QuantityStepper } from '../parts/QuantityStepper'
import type { Product } from '../product'

export function ProductView({ product }: { readonly product: Product }) {
  const [choices, setChoices] = useState(() => defaultChoices(product))
  const picked = chosen(product, choices)
  const price = picked.reduce((sum, choice) => sum + (choice.extra ?? 0), product.price)
  const glaze = picked.find((choice) => choice.glaze)?.glaze ?? product.picture.glaze
  const category = findCategory(product.category)

  return (
    <>
      <article
        class="product band"
        data-splitsecond-role="product"
        data-splitsecond-item={product.slug}
        data-splitsecond-category={product.category}
      >
        <div class="product-picture">
          <Picture picture={{ ...product.picture, glaze }} alt={pictureText(product, glaze)} first />
          {product.badge && <span class="badge">{product.badge}</span>}
        </div>
        <div class="product-text">
          <p class="crumbs">
            <Link to={`/list/${product.category}`}>{category?.name ?? 'Shop'}</Link>
          </p>
          <h1>{product.name}</h1>
          <p class="product-tagline">{product.tagline}</p>
          <p class="product-price" data-splitsecond-role="price">
            <span id="price">{formatMoney(price)}</span> <span class="product-vat">VAT included</span>
          </p>
          {product.options.map((option, i) => (
            <OptionPicker
              key={option.id}
              option={option}
              chosen={picked[i]?.id ?? ''}
              onChoose={(id) => setChoices(choices.map((was, j) => (i === j ? id : was)))}
            />
          ))}
          <AddToCart product={product} choices={choices} />
          <DeliveryLine price={price} />
          <div data-splitsecond-slot="product" />
          <div class="story">
            {product.story.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
          <dl class="facts">
            {product.facts.map(([term, detail]) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{detail}</dd>
              </div>
            ))}
          </dl>
          <details class="fold" data-splitsecond-role="returns">
            <summary>Returns and breakage</summary>
            <p>
              Sixty days to change your mind about anything that is not coffee, used or not; we pay the way
              back. If something arrives broken, send us a photo and we send another the same day.
            </p>
          </details>
        </div>
      </article>
      <section class="band" aria-labelledby="goes-with">
        <div class="band-head">
          <h2 id="goes-with">Goes well with it</h2>
        </div>
        <ProductGrid name="goes-with" products={goesWith(product)} />
      </section>
    </>
  )
}

function pictureText(product: Product, glaze: string): string {
  const coloured = product.options.some((option) => option.choices.some((choice) => choice.glaze))
  return coloured ? `${product.name} in ${glaze}` : product.name
}

function AddToCart({ product, choices }: { readonly product: Product; readonly choices: readonly string[] }) {
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

/** What delivery would cost for this alone, in the country the shopper has chosen. */
function DeliveryLine({ price }: { readonly price: number }) {
  const { country } = useRemembered(cartStore) ?? emptyCart
  const way = deliveryWay(country, price, 'standard')
  return (
    <p class="product-delivery" data-splitsecond-role="shipping">
      {way.price === 0 ? 'Free delivery' : `Delivery ${formatMoney(way.price)}`} to {countries[country].name}.{' '}
      {way.promise}.
    </p>
  )
}
