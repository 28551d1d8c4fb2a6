import { categories, productsIn } from '../catalogue'
import { Link } from '../parts/Link'
import { ProductGrid } from '../parts/ProductGrid'
import type { Category } from '../product'

/** One shelf, or all of them (`category: null`). */
export function ListView({ category }: { readonly category: Category | null }) {
  const products = productsIn(category?.id ?? 'all')
  const here = category?.id ?? 'all'
  return (
    <div class="band">
      <div class="page-head">
        <h1>{category?.name ?? 'Everything'}</h1>
        <p class="lead">{category?.intro ?? 'All we make and all we roast, on one page.'}</p>
      </div>
      <nav class="filters" aria-label="Shelves">
        <ul>
          {[{ id: 'all', name: 'Everything' }, ...categories].map(({ id, name }) => (
            <li key={id}>
              <Link to={`/list/${id}`} class="pill" aria-current={id === here ? 'page' : undefined}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
        <p class="filters-count">{products.length} things</p>
      </nav>
      <h2 class="sr-only">Products</h2>
      <ProductGrid name={here} products={products} eager={4} />
    </div>
  )
}
