import { commit } from '../capture/commit'
import { rageTyping } from '../detect/rage-typing'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('rage-typing', rageTyping, { commit })
