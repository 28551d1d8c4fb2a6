import { hover } from '../capture/hover'
import { view } from '../capture/view'
import { hesitation } from '../detect/hesitation'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('hesitation', hesitation, { hover, view })
