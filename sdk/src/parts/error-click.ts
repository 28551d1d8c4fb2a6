import { fault } from '../capture/fault'
import { errorClick } from '../detect/error-click'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('error-click', errorClick, { fault })
