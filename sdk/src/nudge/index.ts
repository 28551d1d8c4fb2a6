import { dismiss, link, snooze, type Action } from './action'
import { modal } from './modal'
import type { Surface } from './surface'
import { toast } from './toast'

export type { Action, ActionEnd, Press } from './action'
export { isBannerUp, isDialogOpen } from './before-the-shopper'
export { compose, type Composing, type Copy } from './copy'
export { createFormats, type FormatOf } from './formats'
export type { AddProducts } from './add-products'
export type { Recommend } from './recommend'
export { createStage, type Stage, type StageOptions } from './stage'
export type { Made, Mounting, Place, Surface, SurfaceKit } from './surface'

/** Those that are there wherever there is a ruleset: one line for each. The others are parts of their own. */
export const surfaces: Readonly<Record<string, Surface>> = { toast, bar: toast, modal }
export const actions: Readonly<Record<string, Action>> = { link, dismiss, snooze }
