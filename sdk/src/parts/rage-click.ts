import { expects } from '../capture/expects'
import { response } from '../capture/response'
import { multiClick } from '../detect/multi-click'
import { rageClick } from '../detect/rage-click'
import type { Kit } from './kit'

/** The two are told apart by one machine, so they come together. */
export function install(kit: Kit) {
  kit.moment('rage-click', rageClick, { expects, response })
  kit.moment('multi-click', multiClick)
}
