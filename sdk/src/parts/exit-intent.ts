import { leave } from '../capture/leave'
import { exitIntent } from '../detect/exit-intent'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('exit-intent', exitIntent, { leave })
