import { hydrate } from 'preact'
import { cartStore } from './browser/cartStore'
import { startRouter } from './browser/router'
import { tellCart } from './browser/tellCart'
import { hrefIn, pathAt } from './place'
import { Shop } from './Shop'

/** The shop's own script: the basket is told before anything is drawn, then the page comes alive. */
const root = document.getElementById('shop')
const place = document.documentElement.dataset['shop']

tellCart()
cartStore.subscribe(tellCart)

if (root && (place === 'app' || place === 'hash')) startRouter(root, place)
else if (root) {
  const shop = {
    place: 'pages',
    path: pathAt(location),
    href: (path: string) => hrefIn('pages', path),
    go: (path: string) => location.assign(hrefIn('pages', path)),
  } as const
  hydrate(<Shop shop={shop} />, root)
}
