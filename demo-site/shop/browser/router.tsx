import { render } from 'preact'
import { hrefIn, pathAt, type Place } from '../place'
import { parseRoute, titleOf } from '../routes'
import { Shop } from '../Shop'
import { announce } from './announcements'

/**
 * Client-side routes as shops write them: pushState under /app/, the hash under /hash/. Rendering from
 * `popstate` is synchronous, so that the page has its height back before the browser restores the scroll.
 */
export function startRouter(root: HTMLElement, place: Exclude<Place, 'pages'>): void {
  const shown = { path: '' }
  const href = (path: string) => hrefIn(place, path)

  const show = () => {
    const path = pathAt(location)
    if (path === shown.path) return false
    const first = shown.path === ''
    shown.path = path
    document.title = titleOf(parseRoute(path))
    render(<Shop shop={{ place, path, href, go }} />, root)
    if (!first) {
      document.getElementById('main')?.focus({ preventScroll: true })
      announce(document.title)
    }
    return true
  }
  const go = (path: string) => {
    if (place === 'hash') location.hash = path
    else history.pushState(null, '', href(path))
    if (show()) window.scrollTo(0, 0)
  }

  window.addEventListener('popstate', show)
  window.addEventListener('hashchange', show)
  document.addEventListener('click', (event) => {
    const link = plainLink(event)
    if (!link || link.target || link.hasAttribute('download')) return
    if (link.getAttribute('href') === '#main') {
      // Behind a hash there are no fragments left for the skip link.
      event.preventDefault()
      document.getElementById('main')?.focus()
      return
    }
    const url = new URL(link.href)
    if (url.origin !== location.origin) return
    // A link written for the pages of the shop, a nudge's for example, stays in the shop it is pressed in.
    const path = pathAt(url)
    if (parseRoute(path).view === 'not-found') return
    event.preventDefault()
    go(path)
  })
  if (place === 'hash' && !location.hash) history.replaceState(null, '', href('/'))
  show()
}

/** The link that a plain left click fell on, open shadow roots included. */
function plainLink(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  return event.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement)
}
