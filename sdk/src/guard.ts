/**
 * Quarantine. Every callback that the browser calls, and every part that may throw, enters through here:
 * a part that throws is switched off and reported once; the shop's page and our other parts go on.
 * `alone`: `part` is but a name that many share (timers, listeners), and only the one that throws is switched off.
 */
export interface Guard {
  <Arguments extends unknown[], Result>(
    part: string,
    run: (...args: Arguments) => Result,
    alone?: boolean,
  ): (...args: Arguments) => Result | undefined
}

/** @param onFault hears of each part once; what it throws itself is dropped. */
export function createGuard(onFault: (part: string, error: unknown) => void): Guard {
  const quarantined = new Set<string>()
  // That of async functions: the page may have put another into its place.
  const Promise = (async () => {})().constructor as PromiseConstructor
  return <Arguments extends unknown[], Result>(
    part: string,
    run: (...args: Arguments) => Result,
    alone?: boolean,
  ) => {
    const own = { off: false }
    const fault = (error: unknown) => {
      own.off = true
      if (quarantined.has(part)) return undefined
      quarantined.add(part)
      try {
        onFault(part, error)
      } catch {
        // The reporter is the last line: nothing of ours may reach the page.
      }
      return undefined
    }
    return (...args: Arguments) => {
      if (alone ? own.off : quarantined.has(part)) return undefined
      try {
        const result = run(...args)
        // A rejection would end as the page's own `unhandledrejection`.
        return result instanceof Promise ? (result.catch(fault) as Result) : result
      } catch (error) {
        return fault(error)
      }
    }
  }
}

/** A class of error as programs spell it; anything else might be a text. */
const className = /^[A-Z]\w{0,39}$/

/** What kind of thing was thrown; never its message, which may hold what the shopper typed. */
export const classOf = (error: unknown) => {
  const { name } = Object(error) as { name?: unknown }
  return typeof name === 'string' && className.test(name) ? name : 'Error'
}
