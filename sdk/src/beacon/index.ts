export { createBeacon, type Beacon, type BeaconOptions } from './beacon'
export type { BatchContext, EncodedBatch, Encoder } from './encoder'
export { ndjson } from './encode/ndjson'
