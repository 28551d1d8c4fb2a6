import type { NudgeSpec } from '../../schema/ruleset'
import type { Stop } from '../time'
import type { SurfaceKit } from './surface'

/**
 * The nudge's picture. Its box is there from the first frame, so nothing moves when it comes, and it is decoded beside
 * the frame, not within. One that cannot be had takes its box with it.
 */
export function addImage(
  element: HTMLElement,
  image: Pick<NonNullable<NudgeSpec['image']>, 'src' | 'width' | 'height'> | undefined,
  alt: string | undefined,
  { listen }: Pick<SurfaceKit, 'listen'>,
): Stop {
  if (!image) return () => {}
  const picture = document.createElement('img')
  picture.className = 'image'
  picture.setAttribute('part', 'image')
  picture.alt = alt ?? ''
  picture.decoding = 'async'
  picture.width = image.width
  picture.height = image.height
  const stop = listen(picture, 'error', () => picture.remove())
  picture.src = image.src
  element.append(picture)
  return stop
}
