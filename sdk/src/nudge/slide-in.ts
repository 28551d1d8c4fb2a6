import css from './slide-in.css'
import type { Surface } from './surface'

/** A card that comes in from the edge where lines end, with room for a picture; on phones a sheet at the bottom. */
export const slideIn: Surface = {
  make(mounting, kit) {
    kit.style(css)
    const element = document.createElement('div')
    const stops = [kit.fill(element, mounting)]
    return {
      element,
      reveal: () => void stops.push(kit.lay(element)),
      stop: () => stops.forEach((stop) => stop()),
    }
  },
}
