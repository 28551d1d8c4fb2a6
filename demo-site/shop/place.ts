/**
 * Three shops, one set of views: real pages, client-side routes under /app/, and the same behind a hash.
 * A *path* is the shop's own (`/cart`); an *href* is where that is in one of the three.
 */
export type Place = 'pages' | 'app' | 'hash'

export function hrefIn(place: Place, path: string): string {
  if (place === 'app') return `/app${path}`
  if (place === 'hash') return `/hash/#${path}`
  return path
}

/** The shop's path behind a location, whichever of the three it is in. */
export function pathAt(url: Pick<URL, 'pathname' | 'hash'>): string {
  if (url.pathname === '/hash' || url.pathname.startsWith('/hash/')) {
    return url.hash.startsWith('#/') ? (url.hash.slice(1).split('?')[0] ?? '/') : '/'
  }
  if (url.pathname === '/app' || url.pathname.startsWith('/app/')) return url.pathname.slice(4) || '/'
  return url.pathname
}
