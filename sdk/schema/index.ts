/** `splitsecond/schema`: what the collector receives, what a shop publishes, and what a trace holds. */
export { editorSchema } from './editor-schema'
export * from './decider'
export * from './event'
export * from './moments'
export * from './ruleset'
export * from './trace'
