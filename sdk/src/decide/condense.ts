import type { Shown } from './decision'

/** Limits look back over so many entries. */
const shownMax = 200

/** What the limits cannot tell apart, but by when it was. */
const kindOf = ({ at: _at, session: _session, times: _times, decision: _decision, ...rest }: Entry) =>
  JSON.stringify(rest)

type Entry = Shown & { readonly decision: string }

/**
 * Keeps the list bounded: the oldest entry goes into the next one of its kind, which then stands for both. Counts over a
 * lifetime stay what they were; within a span of time a cap may count too much, never too little. Only where all are
 * of different kinds the oldest is forgotten.
 */
export function condense(shown: readonly Entry[]): readonly Entry[] {
  if (shown.length <= shownMax) return shown
  const kinds = shown.map(kindOf)
  const old = Math.max(
    0,
    kinds.findIndex((kind, index) => kinds.includes(kind, index + 1)),
  )
  const heir = kinds.indexOf(kinds[old]!, old + 1)
  const { times = 1 } = shown[old]!
  const all = shown.map((it, index) => (index === heir ? { ...it, times: (it.times ?? 1) + times } : it))
  return condense(all.filter((_, index) => index !== old))
}
