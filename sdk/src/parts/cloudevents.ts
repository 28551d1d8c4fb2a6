import { cloudevents } from '../beacon/encode/cloudevents'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.format(cloudevents)
