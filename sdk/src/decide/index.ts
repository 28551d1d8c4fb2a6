/** `splitsecond/decide`: the decision core alone. No DOM, no clock, no network: runs in Node and workers. */
export { bucketRanges, equalWeights, hash, inNamespace, pickRange, type BucketRange } from './bucket'
export { compile, type Compiled, type CompiledRule, type CompiledRuleset, type Rejected } from './compile'
export { evalCondition } from './condition'
export { decide } from './decide'
export type {
  ActDecision,
  DecidedBy,
  DecideInput,
  Decision,
  HoldDecision,
  Shown,
  TraceEntry,
} from './decision'
export { compilePages, type PageUrl } from './glob'
