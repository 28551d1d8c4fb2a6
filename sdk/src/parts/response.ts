import { response } from '../capture/response'
import type { Kit } from './kit'

/** Loaded with the moments that judge what became of a press. */
export const install = (kit: Kit) => kit.source('response', response)
