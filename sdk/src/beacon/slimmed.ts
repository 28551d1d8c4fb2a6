import type { BeaconEvent } from '../../schema/event'

/** An event that is too large loses its free-form part, and says so. */
export const slimmed = (event: BeaconEvent): BeaconEvent => ({
  ...event,
  ...('evidence' in event ? { evidence: {} } : {}),
  ...(event.type === 'moment' ? { moment: { ...event.moment, evidence: {} } } : {}),
  ...(event.type === 'outcome' ? { data: {} } : {}),
  truncated: true,
})
