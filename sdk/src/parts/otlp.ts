import { otlp } from '../beacon/encode/otlp'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.format(otlp)
