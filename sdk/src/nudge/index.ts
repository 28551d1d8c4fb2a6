import { modal } from './modal'
import type { Surface } from './surface'
import { toast } from './toast'

export { compose, type Copy } from './copy'
export { createStage, type Stage } from './stage'
export type { Mounting, Surface } from './surface'

/** The surfaces in the main file. The list is the registry. */
export const surfaces: Readonly<Record<string, Surface>> = { toast, bar: toast, modal }
