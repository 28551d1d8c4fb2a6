export { createBeacon, type Beacon } from './beacon'
export type { BatchContext, EncodedBatch, Encoder } from './encoder'
export { ndjson } from './encode/ndjson'
export { createUuid } from './uuid'
