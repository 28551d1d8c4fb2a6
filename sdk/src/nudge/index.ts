export { isBannerUp, isDialogOpen } from './before-the-shopper'
export { compose, type Copy } from './copy'
export { createStage, type Stage } from './stage'
export type { Mounting } from './surface'
