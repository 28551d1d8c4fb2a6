import type { Signal, SignalKind } from '../terms'

/** What is heard to know that the page came alive. */
export const aliveKinds: readonly SignalKind[] = [
  'response',
  'scroll',
  'field',
  'form',
  'navigate',
  'visibility',
]

/** The page did something, or let the shopper do something: what was pressed before is not dead. */
export const isAlive = (signal: Signal): boolean =>
  signal.kind === 'field' ? signal.action === 'input' : aliveKinds.includes(signal.kind)
