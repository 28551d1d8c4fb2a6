import { posthog } from '../beacon/encode/posthog'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.format(posthog)
