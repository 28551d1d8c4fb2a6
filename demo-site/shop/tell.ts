/** What a shop says to Splitsecond: the calls of its handle, as queue entries. */
export type Told =
  | readonly [
      'cart',
      { readonly items: readonly ToldItem[]; readonly total: number; readonly currency: string },
    ]
  | readonly ['track', string, Readonly<Record<string, string | number>>]

export interface ToldItem {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly price: number
  readonly quantity: number
}

declare global {
  interface Window {
    splitsecond?: { q: { push(call: Told): unknown } }
  }
}

/**
 * Always through the queue: before the script has loaded it is an array, afterwards the handle's own, and the
 * shop need not know which. With no script at all the array is never read, and nothing breaks.
 */
export function tell(...call: Told): void {
  window.splitsecond = window.splitsecond || { q: [] }
  window.splitsecond.q.push(call)
}
