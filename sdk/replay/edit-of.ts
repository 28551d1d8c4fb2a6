import type { FieldChange } from '../src/terms'

/** More at once than a key (or a key with a dead accent) gives: a paste, autofill, an autocorrection. */
const typedMost = 2

/** What an edit did to a text, in lengths: the texts themselves are compared and forgotten. */
export function editOf(before: string, after: string) {
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head++
  let tail = 0
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  const inserted = after.length - head - tail
  const erased = before.length - head - tail
  const change: FieldChange =
    inserted > typedMost ? 'other' : inserted > 0 ? 'insert' : erased > 0 ? 'delete' : 'other'
  return { length: after.length, inserted, erased, change }
}
