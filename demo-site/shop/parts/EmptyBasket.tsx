import { Link } from './Link'

export function EmptyBasket() {
  return (
    <div class="empty">
      <p class="empty-title">Nothing in it yet.</p>
      <p>The mug is a good place to start, and there is fresh coffee on the shelf since Tuesday.</p>
      <p class="row">
        <Link to="/list/coffee" class="button">
          See the coffee
        </Link>
        <Link to="/product/everyday-mug" class="button button-quiet">
          See the mug
        </Link>
      </p>
    </div>
  )
}
