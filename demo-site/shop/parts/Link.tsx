import type { ComponentChildren } from 'preact'
import { useShop } from '../ShopContext'

interface Props {
  /** The shop's own path; where that is depends on which of the three shops this is. */
  readonly to: string
  readonly children: ComponentChildren
  readonly id?: string
  readonly class?: string
  readonly tabindex?: number
  readonly 'aria-label'?: string
  readonly 'aria-current'?: 'page' | undefined
  readonly 'aria-hidden'?: 'true'
  readonly 'data-cta'?: boolean
}

export function Link({ to, children, ...rest }: Props) {
  return (
    <a href={useShop().href(to)} {...rest}>
      {children}
    </a>
  )
}
