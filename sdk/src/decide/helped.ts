import type { Change } from './visitor'

/** Outcomes that are remembered of one nudge, the latest. */
const helpedMax = 10

/** Something shown has helped: that decision, or (an outcome came) all of this session. */
export const helped =
  (by: string, decision?: string): Change =>
  ({ shown, ...visitor }) => ({
    ...visitor,
    shown: shown.map((it) =>
      (decision ? it.decision === decision : it.session === visitor.session.id)
        ? { ...it, helped: [...new Set([by, ...(it.helped ?? [])])].slice(0, helpedMax) }
        : it,
    ),
  })
