import { classOf } from '../guard'
import type { PageTime } from '../time'
import type { CaptureKit, Source } from './source'

/** Chatter of browsers that is reported as an error: a resize that took another frame, a request that was called off. */
const harmless = /^(ResizeObserver loop|Script error\.?$)/

/**
 * Scripts of the shop's own that fail: uncaught errors and rejections, by class. Not those of other people's scripts
 * and of extensions, as far as their address tells.
 */
export function fault({ emit }: CaptureKit): Source {
  /**
   * `www.shop.example` and `static.shop.example` are one site. More is not guessed: which end of a name anybody may have
   * a shop under (`co.uk`, `myshopify.com`) takes a list of thousands.
   */
  const site = location.hostname.replace(/^www\./, '')
  const isShops = (address: string | undefined) => {
    if (!address) return false
    const { hostname, protocol } = new URL(address, location.href)
    return /^(https?|blob):$/.test(protocol) && (`.${hostname}`.endsWith(`.${site}`) || protocol === 'blob:')
  }
  /** The address in the topmost frame that has one. */
  const thrownAt = (error: unknown) =>
    error instanceof Error || error instanceof DOMException
      ? /((?:https?|blob|[a-z-]+-extension):.+?):\d+:\d+/.exec(error.stack ?? '')?.[1]
      : undefined

  const tell = (error: unknown, address: string | undefined, at: PageTime, heardAt: PageTime) => {
    if (!isShops(address)) return
    const name = classOf(error)
    // A request that the page called off itself has not failed.
    if (name !== 'AbortError') emit({ kind: 'fault', at, name }, heardAt)
  }

  return {
    on: {
      error(event, at, heardAt) {
        // Images and scripts that do not load are told here as well, with no message.
        if (!(event instanceof ErrorEvent) || harmless.test(event.message)) return
        tell(event.error, event.filename || thrownAt(event.error), at, heardAt)
      },
      unhandledrejection: ({ reason }, at, heardAt) => tell(reason, thrownAt(reason), at, heardAt),
    },
  }
}
