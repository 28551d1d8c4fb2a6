import type { ComponentChildren } from 'preact'

interface CardProps {
  readonly id: string
  readonly title: string
  /** The question that the figures answer. */
  readonly about: string
  readonly wide?: boolean
  readonly children: ComponentChildren
}

export const Card = ({ id, title, about, wide = false, children }: CardProps) => (
  <section class={wide ? 'card card-wide' : 'card'} aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    <p class="about">{about}</p>
    {children}
  </section>
)
