import { bare } from '../bare'
import { createBeacon } from '../beacon'
import { send } from '../platform/send'
import { whenIdle } from '../platform/when-idle'
import type { Kit } from './kit'

/** Loaded where there is a collector, and consent to speak to it. */
export const install = (kit: Kit) =>
  kit.give('beacon', { createBeacon: (options) => createBeacon(bare({ send, ...options })), whenIdle })
