import type { TraceEntry } from '../src/decide'

/** A line of a trace, and under it those that it is made of. */
export interface Branch {
  readonly entry: TraceEntry
  /** Its clause, without those around it. */
  readonly label: string
  readonly inner: Branch[]
}

/** A trace is flat: the clauses inside a `$or` follow it, named after it; those of a ladder name their step. */
export function treeOf(trace: readonly TraceEntry[]): Branch[] {
  const steps = [...new Set(trace.map(({ step }) => step))]
  if (steps.length < 2 && steps[0] === undefined) return clausesOf(trace)
  return steps.map((step) => {
    const inner = clausesOf(trace.filter((entry) => entry.step === step))
    const passed = inner.every(({ entry }) => entry.passed)
    const label = `step ${step}`
    return { entry: { rule: '', clause: label, observed: passed, wanted: true, passed }, label, inner }
  })
}

function clausesOf(trace: readonly TraceEntry[]): Branch[] {
  const roots: Branch[] = []
  const open: Branch[] = []
  for (const entry of trace) {
    while (open.length > 0 && !entry.clause.startsWith(`${open.at(-1)!.entry.clause} `)) open.pop()
    const around = open.at(-1)
    const label = around ? entry.clause.slice(around.entry.clause.length + 1) : entry.clause
    const branch: Branch = { entry, label, inner: [] }
    ;(around?.inner ?? roots).push(branch)
    if (isGroup(label)) open.push(branch)
  }
  return roots
}

const isGroup = (label: string) => /^\$(n?or|not)$/.test(label)

/** As lines. */
export function branchesOf(branches: readonly Branch[], margin = ''): string[] {
  const widest = Math.max(0, ...branches.map(({ label }) => label.length))
  return branches.flatMap(({ entry, label, inner }, index) => {
    const last = index === branches.length - 1
    const text =
      isGroup(label) || inner.length > 0 ? label : `${label.padEnd(widest)}  ${figuresOf(label, entry)}`
    return [
      `${margin}${last ? '└─' : '├─'} ${entry.passed ? '✓' : '✗'} ${text}`,
      ...branchesOf(inner, `${margin}${last ? '   ' : '│  '}`),
    ]
  })
}

function figuresOf(label: string, { observed, wanted, passed, distance }: TraceEntry): string {
  const isTime = /(starts|expires)At$/.test(label)
  const say = (it: unknown) =>
    isTime && typeof it === 'number' ? new Date(it).toISOString() : (JSON.stringify(it) ?? 'nothing')
  const far = distance === undefined || distance === 0 ? '' : isTime ? spanOf(distance) : rounded(distance)
  const away = far && ` (${far} ${passed ? 'to spare' : 'away'})`
  return `${say(observed ?? undefined)}, wanted ${say(wanted)}${away}`
}

const rounded = (figure: number) => `${Math.round(figure * 10_000) / 10_000}`

/** `3 d 4 h`, `12 min`, `40 s` */
function spanOf(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return `${rounded(ms / 1000)} s`
  const hours = Math.floor(minutes / 60)
  if (hours < 1) return `${minutes} min`
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}
