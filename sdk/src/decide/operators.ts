/**
 * The operators of the condition language that look at one value and know nothing of conditions. Each row
 * says what its operand must be in a rule, and makes the test.
 */
import { boundedPattern, SUBJECT_CHARS, type Budget } from './bounded-pattern'
import { aFlag, aList, aText, is, type Check } from './demand'
import { versionKey } from './version-key'

type Test = (value: unknown) => boolean
type Make = (wanted: never, scope: { readonly patterns: Budget }) => Test

/** The test that nothing passes. */
export const never: Test = () => false

const plain = is('a plain value', (it) => it === null || typeof it !== 'object')
const ordered = is('a number or text', (it) => typeof it === 'number' || typeof it === 'string')

/** Compared as JavaScript does, like GrowthBook: `"8" > 5` holds, and so does `"b" > "a"`. */
const comparisons: Readonly<Record<string, readonly [Check, (wanted: number) => Test]>> = {
  eq: [plain, (wanted) => (value) => value === wanted],
  ne: [plain, (wanted) => (value) => value !== wanted],
  lt: [ordered, (wanted) => (value) => (value as number) < wanted],
  lte: [ordered, (wanted) => (value) => (value as number) <= wanted],
  gt: [ordered, (wanted) => (value) => (value as number) > wanted],
  gte: [ordered, (wanted) => (value) => (value as number) >= wanted],
}

const folded = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value)

/** A value is one of those wanted; of a list of values, any is. */
export const among =
  (is: boolean, has: (value: unknown) => boolean): Test =>
  (value) =>
    (Array.isArray(value) ? value.some((item) => has(item)) : has(value)) === is

const within =
  (is: boolean): Make =>
  (wanted: readonly unknown[]) =>
    // oxlint-disable-next-line unicorn/prefer-set-has -- a handful is found sooner than hashed, in less memory
    Array.isArray(wanted) ? among(is, (value) => wanted.includes(value)) : never

/** The same, upper and lower case alike. */
const withinAnyCase =
  (is: boolean): Make =>
  (wanted: readonly unknown[]) => {
    if (!Array.isArray(wanted)) return never
    const list = wanted.map(folded)
    // oxlint-disable-next-line unicorn/prefer-includes -- GrowthBook finds NaN in the one, and not in the other
    return among(is, (value) => list.indexOf(folded(value)) >= 0)
  }

const pattern =
  (flags: string): Make =>
  (source: string, { patterns }) => {
    const found = boundedPattern(source, flags, patterns)
    return found ? (value) => found.test(`${value as string}`.slice(0, SUBJECT_CHARS)) : never
  }

const typeName = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value

/** `$eq`, `$lt`, … and the same of versions: `$veq`, `$vlt`, … */
const compared = Object.entries(comparisons).flatMap(([name, [operand, make]]) => {
  const ofVersions: Make = (wanted) => {
    const test = make(versionKey(wanted) as never)
    return (value) => test(versionKey(value))
  }
  return [
    [`$${name}`, [operand, make]],
    [`$v${name}`, [ordered, ofVersions]],
  ] as const
})

export const operators: Readonly<Record<string, readonly [operand: Check, make: Make]>> = {
  ...Object.fromEntries(compared),
  $in: [aList, within(true)],
  $nin: [aList, within(false)],
  $ini: [aList, withinAnyCase(true)],
  $nini: [aList, withinAnyCase(false)],
  $regex: [aText, pattern('')],
  $regexi: [aText, pattern('i')],
  $type: [aText, (wanted) => (value) => typeName(value) === wanted],
  $exists: [aFlag, (wanted) => (value) => (value == null) !== !!wanted],
}
