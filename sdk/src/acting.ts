import type { Beacon } from './beacon'
import type { DataLayer } from './capture/data-layer'
import type { helped } from './decide/helped'
import type { OwnMeasures } from './decide/own'
import type { Permits } from './decide/permits'
import type { Affinity, Nudges, Rooms } from './parts/kit'
import type { Tap } from './recorder'
import type { Stop } from './time'

/** What acts in the page: each from when its part has been loaded and opened, which for many shops is never. */
export interface Acting {
  nudges?: Nudges | undefined
  /** What it has counted is for tests to see. */
  beacon?: Omit<Beacon, 'counts'>
  own?: OwnMeasures
  permits?: Permits
  affinity?: Affinity
  consentPlatform?: Stop | undefined
  dataLayer?: DataLayer | undefined
  helped?: typeof helped
  tap?: Tap
  preview?: ReturnType<Rooms['preview']> | undefined
  decider?: ReturnType<Rooms['decider']> | undefined
}
