import { otlpTraces } from '../beacon/encode/otlp-traces'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.format(otlpTraces)
