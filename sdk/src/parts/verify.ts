import { createVerifier } from '../decide/verifier'
import type { Kit } from './kit'

/** Loaded where the page demands a signed ruleset. */
export const install = (kit: Kit) => kit.give('verify', createVerifier)
