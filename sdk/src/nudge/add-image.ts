import type { NudgeSpec } from '../../schema/ruleset'
import type { Stop } from '../time'
import type { SurfaceKit } from './surface'

/**
 * The nudge's picture. Its box is there from the first frame, so nothing moves when it comes, and it is decoded beside
 * the frame, not within. One that cannot be had leaves its box, calm and by its name: without it the words would move under
 * the shopper's eyes. Only where that is known before he sees the nudge (`prepared`) the box goes as well.
 */
export function addImage(
  element: HTMLElement,
  image: Pick<NonNullable<NudgeSpec['image']>, 'src' | 'width' | 'height'> | undefined,
  alt: string | undefined,
  { listen, pictures }: Pick<SurfaceKit, 'listen' | 'pictures'>,
): Stop {
  if (!image) return () => {}
  const picture = document.createElement('img')
  picture.className = 'image'
  picture.setAttribute('part', 'image')
  picture.alt = alt ?? ''
  picture.decoding = 'async'
  picture.width = image.width
  picture.height = image.height
  const stop = listen(picture, 'error', () => {
    // Nobody has seen it yet: nothing moves without it.
    if (!picture.isConnected) return picture.remove()
    const box = document.createElement('span')
    box.className = 'image'
    box.setAttribute('part', 'image')
    box.style.setProperty('width', `${image.width}px`)
    box.style.setProperty('height', `${image.height}px`)
    if (alt) {
      box.role = 'img'
      box.ariaLabel = alt
    }
    picture.replaceWith(box)
  })
  picture.src = image.src
  pictures.add(picture.src)
  element.append(picture)
  return stop
}
