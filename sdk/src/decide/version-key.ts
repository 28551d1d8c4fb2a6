import { SUBJECT_CHARS } from './bounded-pattern'

/**
 * A text that sorts as its version does: `1.10.0` after `1.9.9`, `1.0.0` after `1.0.0-rc.1`. Not quite
 * SemVer; it is GrowthBook's, so that both order alike.
 */
export function versionKey(version: unknown): string {
  const text = typeof version === 'number' ? String(version) : version
  // No version is longer, and on a hostile one the pattern below would take the square of its length.
  const parts = (text && typeof text === 'string' ? text.slice(0, SUBJECT_CHARS) : '0')
    .replace(/(^v|\+.*$)/g, '')
    .split(/[-.]/)
  // A release is newer than its pre-releases, and ~ sorts after every letter.
  if (parts.length === 3) parts.push('~')
  return parts.map((part) => (/^\d+$/.test(part) ? part.padStart(5) : part)).join('-')
}
