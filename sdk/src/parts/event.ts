import { eventAction, eventSurface } from '../nudge/event'
import type { Kit } from './kit'

export function install(kit: Kit) {
  kit.action('event', eventAction)
  kit.surface('event', eventSurface)
}
