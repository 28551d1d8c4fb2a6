import { readPath } from './read-path'

/** Answers from what the shop's flag provider holds already; nothing, where it has no such flag. */
export type Flags = (key: string) => unknown

/**
 * The flag that a path names. Keys may have dots: the longest that the provider knows counts, what is left of the
 * path leads into its value. `null` where there is none, and where the provider throws.
 */
export function readFlag(flags: Flags, path: readonly string[]): unknown {
  try {
    for (let end = path.length; end; end--) {
      const value = flags(path.slice(0, end).join('.'))
      if (value != null) return readPath(value, path.slice(end))
    }
  } catch {}
  return null
}

/** The same flags; the first time that they throw is told. */
export function watchFlags(flags: Flags, told: { flags?: true }, complain: (line: string) => void): Flags {
  return (key) => {
    try {
      return flags(key)
    } catch (error) {
      if (!told.flags) complain(`flags: wanted the value of ${JSON.stringify(key)}, found ${String(error)}`)
      told.flags = true
      throw error
    }
  }
}
