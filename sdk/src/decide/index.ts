/** `splitsecond/decide`: the decision core alone. No DOM, no clock, no network: runs in Node and workers. */
export { bucketRanges, equalWeights, hash, inNamespace, pickRange, type BucketRange } from './bucket'
export { compile, type Compiled, type CompiledRule, type CompiledRuleset, type Rejected } from './compile'
export { evalCondition } from './condition'
export { decide } from './decide'
export type {
  ActDecision,
  Busy,
  DecidedBy,
  DecideInput,
  Decision,
  Deferred,
  HoldDecision,
  Shown,
  Standing,
  TraceEntry,
} from './decision'
export type { Unrest } from '../terms'
export { compilePages, type PageUrl } from './glob'
