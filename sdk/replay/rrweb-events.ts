/**
 * Of rrweb's events what a trace can be made of. The numbers are those of `@rrweb/types` 2.2 (`EventType`,
 * `IncrementalSource`, `MouseInteractions`), the same since rrweb 1.0.
 */

export interface RrwebNode {
  readonly id: number
  readonly tagName?: string
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly childNodes?: readonly RrwebNode[]
}

export interface RrwebEvent {
  readonly type: number
  /** Epoch ms. */
  readonly timestamp: number
  readonly data: unknown
}

export const eventType = { fullSnapshot: 2, incremental: 3, meta: 4, custom: 5 } as const

export const source = {
  mutation: 0,
  mouseMove: 1,
  interaction: 2,
  scroll: 3,
  resize: 4,
  input: 5,
  selection: 14,
} as const

export const interaction = {
  mouseUp: 0,
  mouseDown: 1,
  click: 2,
  focus: 5,
  blur: 6,
  touchStart: 7,
  touchEnd: 9,
} as const

export interface MoveData {
  readonly positions: readonly {
    readonly x: number
    readonly y: number
    readonly id: number
    /** Before the event's time, so below 0. */
    readonly timeOffset: number
  }[]
}

export interface InteractionData {
  readonly type: number
  readonly id: number
  readonly x?: number
  readonly y?: number
}

export interface MutationData {
  readonly adds?: readonly { readonly parentId: number; readonly node: RrwebNode }[]
  readonly removes?: readonly { readonly parentId: number; readonly id: number }[]
  readonly texts?: readonly { readonly id: number }[]
  readonly attributes?: readonly {
    readonly id: number
    readonly attributes: Readonly<Record<string, unknown>>
  }[]
}

export interface InputData {
  readonly id: number
  readonly text?: string
  /** False: a script did it. */
  readonly userTriggered?: boolean
}

/** The events of a recording: a JSON array, or an object that holds it as `events`. */
export function readRrweb(given: unknown): RrwebEvent[] {
  const events = Array.isArray(given) ? (given as unknown[]) : (given as { events?: unknown } | null)?.events
  const wanted = 'wanted events of rrweb, each with a type, a timestamp and data'
  if (!Array.isArray(events)) throw Error(`${wanted}, found ${given === null ? 'null' : typeof given}`)
  for (const [index, event] of (events as Partial<RrwebEvent>[]).entries())
    if (typeof event?.type !== 'number' || typeof event.timestamp !== 'number')
      throw Error(`[${index}]: ${wanted}, found ${JSON.stringify(event)?.slice(0, 60)}`)
  if (!events.some(({ type }: RrwebEvent) => type === eventType.fullSnapshot))
    throw Error('wanted a full snapshot among the events, found none')
  return [...(events as RrwebEvent[])].sort((one, two) => one.timestamp - two.timestamp)
}
