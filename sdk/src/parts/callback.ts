import { callback } from '../beacon/encode/callback'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.format(callback)
