import { datalayer } from '../beacon/encode/datalayer'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.format(datalayer)
