import { useRemembered } from '../browser/useRemembered'
import { cartStore } from '../browser/cartStore'
import { countItems } from '../cart'
import { categories } from '../catalogue'
import { useShop } from '../ShopContext'
import { Link } from './Link'
import { Mark } from './Mark'

export function Header() {
  return (
    <>
      <aside class="strip" aria-label="Delivery">
        <p>
          <Link to="/support">Free delivery in Belgium and next door from €60</Link>
        </p>
      </aside>
      <header class="bar">
        <div class="bar-inner">
          <Link to="/" class="logo" aria-label="Kettle & Kiln, home">
            <Mark />
            <span>Kettle &amp; Kiln</span>
          </Link>
          <SiteNav class="nav nav-wide" />
          <div class="bar-end">
            <Link to="/support" class="bar-link">
              Help
            </Link>
            <BasketLink />
          </div>
        </div>
      </header>
      <SiteNav class="nav nav-rail" />
    </>
  )
}

/** Stands in the bar on wide screens and below it on narrow ones; a stylesheet shows one of the two. */
function SiteNav(props: { readonly class: string }) {
  const { path } = useShop()
  return (
    <nav class={props.class} aria-label="Main">
      <ul>
        {categories.map(({ id, name }) => (
          <li key={id}>
            <Link to={`/list/${id}`} aria-current={path === `/list/${id}` ? 'page' : undefined}>
              {name}
            </Link>
          </li>
        ))}
        <li>
          <Link to="/pricing" aria-current={path === '/pricing' ? 'page' : undefined}>
            Subscribe
          </Link>
        </li>
      </ul>
    </nav>
  )
}

function BasketLink() {
  const cart = useRemembered(cartStore)
  const count = cart ? countItems(cart) : 0
  const label = count === 1 ? 'Basket, 1 item' : `Basket, ${count} items`
  return (
    <Link to="/cart" id="basket-link" class="basket-link" aria-label={label}>
      <svg viewBox="0 0 24 24" width="26" height="26" fill="none" aria-hidden="true">
        <path
          d="M4 9h16l-1.6 9.6a2 2 0 0 1-2 1.7H7.6a2 2 0 0 1-2-1.7L4 9Z"
          stroke="currentColor"
          stroke-width="1.6"
          stroke-linejoin="round"
        />
        <path d="M8 9V8a4 4 0 0 1 8 0v1" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" />
      </svg>
      <span class="basket-count" data-empty={count === 0 ? '' : undefined}>
        {count}
      </span>
    </Link>
  )
}
