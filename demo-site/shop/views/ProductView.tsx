import { useState } from 'preact/hooks'
import { chosen, defaultChoices, findCategory, goesWith } from '../catalogue'
import { formatMoney } from '../money'
import { Link } from '../parts/Link'
import { OptionPicker } from '../parts/OptionPicker'
import { Picture } from '../parts/Picture'
import { ProductGrid } from '../parts/ProductGrid'
import type { Product } from '../product'
import { AddToCart } from './product/AddToCart'
import { DeliveryLine } from './product/DeliveryLine'

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
