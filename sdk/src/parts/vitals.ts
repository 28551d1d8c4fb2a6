import { onCLS, onINP, onLCP } from 'web-vitals'
import type { Kit } from './kit'

/** LCP, INP and CLS by the library that defines them; it reports each when the page is hidden. */
export function install({ report }: Kit) {
  const tell = ({ name, value }: { name: string; value: number }) =>
    report(name, Math.round(value * 1000) / 1000)
  onLCP(tell)
  onINP(tell)
  onCLS(tell)
}
