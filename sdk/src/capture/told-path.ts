/**
 * A path as it may be told: where in the shop, never who. Query and fragment are gone before; of what is left, a segment
 * that looks like a person or a key to something (an e-mail address, a telephone or order number, a session, a reset
 * token, a UUID) is told as `*`, and parameters within the path (`;jsessionid=…`) are not told at all.
 *
 * It is done before the path is held anywhere. A segment that is masked for nothing costs a report one detail; one that
 * is told for nothing cannot be taken back.
 */
export const toldPath = (path: string) =>
  path.replace(/;[^/]*/g, '').replace(/[^/]+/g, (segment) => (isPersonal(segment) ? '*' : segment))

/** What was encoded twice still holds a `%`. */
const marks = /[@=%]/
/** Nine digits: telephone numbers in the national form have nine and more (ITU-T E.164: at most 15); dates have eight. */
const longNumber = /(?:\d[\s().+-]*){9}/
/** Letters and digits, small and capital letters, by turns: nobody words a product's address like that. */
const turns = /\d(?=[A-Za-z])|[A-Za-z](?=\d)|[a-z](?=[A-Z])/g
/** A random key of 64 bits has eleven characters of base64, one that is worth guessing at has more. */
const keyLength = 16
const turnsMin = 4

const isPersonal = (segment: string) => {
  try {
    const text = decodeURIComponent(segment)
    if (marks.test(text) || longNumber.test(text)) return true
    return text.length >= keyLength && (text.match(turns) ?? []).length >= turnsMin
  } catch {
    // No text: then nobody can say what it is.
    return true
  }
}
