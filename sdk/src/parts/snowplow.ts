import { snowplow } from '../beacon/encode/snowplow'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.format(snowplow)
