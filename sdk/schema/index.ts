/** `splitsecond/schema`: what the collector receives, and what a shop publishes. */
export * from './event'
export * from './moments'
export * from './ruleset'
