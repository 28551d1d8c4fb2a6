import type { Stop } from '../time'
import type { Add } from './fill-nudge'
import css from './products.css'
import type { Mounting, SurfaceKit } from './surface'

export type AddProducts = (element: HTMLElement, mounting: Mounting, kit: SurfaceKit, add: Add) => Stop

/** The products that a nudge recommends, each a link with its picture, its name and its price. */
export const addProducts: AddProducts = (element, { copy, used }, kit, add) => {
  kit.style(css)
  const list = add(element, 'ul', 'products')
  // Safari takes a list without bullets for none.
  list.role = 'list'
  const stops = (copy.products ?? []).map(({ id, name, href, image, alt, price }) => {
    const link = add(add(list, 'li', 'item'), 'a', 'product')
    link.href = href
    const stop = kit.addImage(link, image, alt, kit)
    const called = add(link, 'span', 'name', name)
    // A name may be written the other way round than the text around it.
    called.dir = 'auto'
    if (price) add(link, 'span', 'price', price)
    const stops = [stop, kit.listen(link, 'click', () => used('clicked', undefined, id))]
    return () => stops.forEach((end) => end())
  })
  return () => stops.forEach((stop) => stop())
}
