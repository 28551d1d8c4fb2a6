import { followConsent } from '../consent-platform'
import type { Kit } from './kit'

/** Loaded where the page has a consent platform. */
export const install = (kit: Kit) => kit.give('followConsent', followConsent)
