import { quickBack } from '../detect/quick-back'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('quick-back', quickBack)
