import { findCategory, findProduct } from './catalogue'
import type { Category, Product } from './product'

/** One route per page; the same for the multi-page shop, for /app/ and for /hash/. */
export type Route =
  | { readonly view: 'home' }
  | { readonly view: 'list'; readonly category: Category | null }
  | { readonly view: 'product'; readonly product: Product }
  | { readonly view: 'pricing' }
  | { readonly view: 'cart' }
  | { readonly view: 'checkout'; readonly step: CheckoutStep }
  | { readonly view: 'order-complete' }
  | { readonly view: 'support' }
  | { readonly view: 'not-found' }

export type CheckoutStep = 'contact' | 'delivery' | 'review'

/** `path` is the shop's own, without `/app` or `/hash/#` before it. */
export function parseRoute(path: string): Route {
  const [first = '', second, ...more] = path.split('/').filter(Boolean)
  if (more.length > 0) return { view: 'not-found' }
  if (second === undefined) {
    if (first === '') return { view: 'home' }
    if (first === 'pricing' || first === 'cart' || first === 'order-complete' || first === 'support') {
      return { view: first }
    }
    if (first === 'checkout') return { view: 'checkout', step: 'contact' }
    return { view: 'not-found' }
  }
  if (first === 'list') return listRoute(second)
  if (first === 'product') {
    const product = findProduct(second)
    return product ? { view: 'product', product } : { view: 'not-found' }
  }
  if (first === 'checkout' && (second === 'contact' || second === 'delivery' || second === 'review')) {
    return { view: 'checkout', step: second }
  }
  return { view: 'not-found' }
}

function listRoute(id: string): Route {
  if (id === 'all') return { view: 'list', category: null }
  const category = findCategory(id)
  return category ? { view: 'list', category } : { view: 'not-found' }
}

const stepTitles: Record<CheckoutStep, string> = {
  contact: 'Address',
  delivery: 'Delivery',
  review: 'Payment',
}

export function titleOf(route: Route): string {
  switch (route.view) {
    case 'home':
      return 'Kettle & Kiln: coffee, and the pots to pour it in'
    case 'list':
      return named(route.category?.name ?? 'Everything')
    case 'product':
      return named(route.product.name)
    case 'pricing':
      return named('Standing order')
    case 'cart':
      return named('Your basket')
    case 'checkout':
      return named(`${stepTitles[route.step]}, checkout`)
    case 'order-complete':
      return named('Thank you')
    case 'support':
      return named('Help')
    case 'not-found':
      return named('Not found')
  }
}

function named(title: string): string {
  return `${title} · Kettle & Kiln`
}
