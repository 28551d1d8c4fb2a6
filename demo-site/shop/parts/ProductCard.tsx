import { glazes } from '../glazes'
import { formatMoney } from '../money'
import type { Product } from '../product'
import { Link } from './Link'
import { Picture } from './Picture'
import { Swatch } from './Swatch'

interface Props {
  readonly product: Product
  readonly first?: boolean
}

export function ProductCard({ product, first = false }: Props) {
  const { slug, name, category, price, tagline, options, picture, badge } = product
  const colours = options.flatMap((option) => option.choices.flatMap((choice) => choice.glaze ?? []))
  const varies = options.some((option) => option.choices.some((choice) => choice.extra))
  return (
    <li
      class="card"
      data-splitsecond-item={slug}
      data-splitsecond-category={category}
      data-splitsecond-role="product"
    >
      <div class="card-picture">
        <Picture picture={picture} alt="" first={first} />
        {badge && <span class="badge">{badge}</span>}
      </div>
      <div class="card-text">
        <h3 class="card-name">
          <Link to={`/product/${slug}`}>{name}</Link>
        </h3>
        <p class="card-price">
          {varies && <span class="from">from </span>}
          {formatMoney(price)}
        </p>
        <p class="card-tagline">{tagline}</p>
        {colours.length > 1 && (
          <p class="card-colours">
            {colours.map((glaze) => (
              <Swatch key={glaze} glaze={glaze} />
            ))}
            <span class="sr-only">
              In {colours.map((glaze) => glazes[glaze].name.toLowerCase()).join(', ')}
            </span>
          </p>
        )}
      </div>
    </li>
  )
}
