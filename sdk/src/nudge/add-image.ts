import type { NudgeSpec } from '../../schema/ruleset'
import type { Stop } from '../time'
import type { SurfaceKit } from './surface'

type Picture = Pick<NonNullable<NudgeSpec['image']>, 'src' | 'width' | 'height'>

/** Fills it, as `object-fit: cover` does. */
function drawInto(canvas: HTMLCanvasElement, picture: HTMLImageElement, { width, height }: Picture) {
  canvas.width = width * devicePixelRatio
  canvas.height = height * devicePixelRatio
  const scale = Math.max(canvas.width / picture.naturalWidth, canvas.height / picture.naturalHeight)
  const [across, down] = [picture.naturalWidth * scale, picture.naturalHeight * scale]
  canvas
    .getContext('2d')
    ?.drawImage(picture, (canvas.width - across) / 2, (canvas.height - down) / 2, across, down)
}

/**
 * The nudge's picture. Its box is there from the first frame, so nothing moves when it comes, and it is decoded beside
 * the frame, not within. One that cannot be had leaves its box, calm and by its name: without it the words would move under
 * the shopper's eyes. Only where that is known before he sees the nudge (`prepared`) the box goes as well.
 *
 * While the page's largest contentful paint is still open it is drawn on a canvas: a picture would count, and a nudge that
 * comes before the first input would become the shop's LCP; what is on a canvas counts for none (W3C, Largest
 * Contentful Paint: `img`, `image`, `video`, backgrounds and text).
 */
export function addImage(
  element: HTMLElement,
  image: Picture | undefined,
  alt: string | undefined,
  { listen, pictures, largestPaintOpen }: Pick<SurfaceKit, 'listen' | 'pictures' | 'largestPaintOpen'>,
): Stop {
  if (!image) return () => {}
  const dress = <Box extends HTMLElement>(box: Box): Box => {
    box.className = 'image'
    box.setAttribute('part', 'image')
    box.style.setProperty('width', `${image.width}px`)
    box.style.setProperty('height', `${image.height}px`)
    if (alt && !('alt' in box)) {
      box.role = 'img'
      box.ariaLabel = alt
    }
    return box
  }
  const picture = document.createElement('img')
  picture.alt = alt ?? ''
  picture.decoding = 'async'
  // Whose picture it is does not matter: it is not told on which page, query and all, it was shown.
  picture.referrerPolicy = 'strict-origin'
  const canvas = largestPaintOpen() ? document.createElement('canvas') : undefined
  const shown = dress(canvas ?? picture)
  const stops = [
    listen(picture, 'error', () => {
      // Nobody has seen it yet: nothing moves without it.
      if (shown.isConnected) shown.replaceWith(dress(document.createElement('span')))
      else shown.remove()
    }),
    listen(picture, 'load', () => canvas && drawInto(canvas, picture, image)),
  ]
  picture.src = image.src
  pictures.add(picture.src)
  element.append(shown)
  return () => stops.forEach((stop) => stop())
}
