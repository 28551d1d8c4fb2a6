import type { Product } from '../product'

interface Props {
  readonly picture: Product['picture']
  /** Empty where a name stands right beside it. */
  readonly alt: string
  /** The picture a page opens with is fetched first; the rest wait until they are near. */
  readonly first?: boolean
}

export function pictureUrl({ motif, glaze, wall }: Product['picture']): string {
  return `/art/${motif}/${glaze}/${wall.slice(1)}.svg`
}

export function Picture({ picture, alt, first = false }: Props) {
  return (
    <img
      class="picture"
      src={pictureUrl(picture)}
      width={400}
      height={480}
      alt={alt}
      loading={first ? 'eager' : 'lazy'}
      fetchpriority={first ? 'high' : 'auto'}
      decoding="async"
    />
  )
}
