export { createBeacon, type Beacon, type BeaconOptions } from './beacon'
