import { segment } from '../beacon/encode/segment'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.format(segment)
