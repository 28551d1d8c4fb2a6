import type { CaptureKit } from './source'

/** Where a request goes, without its query; a relative address leads where the page's base says. */
const placeOf = (address: string) => {
  const { origin, pathname } = new URL(address, document.baseURI)
  return origin + pathname
}

/** Tells our own requests (to the collector, for the ruleset and its signature, for pictures of nudges) from those of the shop. */
export function isOwn({ own }: CaptureKit) {
  const places = new Set(own.flatMap((it) => (typeof it === 'string' ? placeOf(it) : [])))
  return (address: string) =>
    places.has(placeOf(address).replace(/\.sig$/, '')) ||
    own.some((it) => it instanceof Set && it.has(address))
}
