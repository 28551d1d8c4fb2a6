import type { Product } from '../product'
import { ProductCard } from './ProductCard'

interface Props {
  readonly name: string
  readonly products: readonly Product[]
  /** How many cards are in view when the page opens: their pictures are not put off. */
  readonly eager?: number
}

export function ProductGrid({ name, products, eager = 0 }: Props) {
  return (
    <ul class="grid" data-splitsecond-list={name}>
      {products.map((product, i) => (
        <ProductCard key={product.slug} product={product} first={i < eager} />
      ))}
    </ul>
  )
}
