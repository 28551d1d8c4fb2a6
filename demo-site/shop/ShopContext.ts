import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Place } from './place'

export interface ShopHandle {
  readonly place: Place
  /** The path of the page shown, without `/app` or `/hash/#`. */
  readonly path: string
  readonly href: (path: string) => string
  readonly go: (path: string) => void
}

export const ShopContext = createContext<ShopHandle>({
  place: 'pages',
  path: '/',
  href: (path) => path,
  go: () => undefined,
})

export function useShop(): ShopHandle {
  return useContext(ShopContext)
}
