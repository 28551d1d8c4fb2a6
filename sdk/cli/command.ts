/** Where a command writes; a test gives its own. */
export interface Io {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** One line that is written over again and again; absent where nobody watches. An empty text clears it. */
  readonly progress?: (text: string) => void
  /** All of the standard input, for a file that is called `-`. */
  readonly input?: () => string
}

/** One command of `splitsecond`: one file, one line in `run.ts`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string
  readonly help: string
  /** @returns the exit code */
  readonly run: (args: readonly string[], io: Io) => number | Promise<number>
}

/**
 * 0: done · 1: something that was given (a trace, a ruleset) is not right; the rest was done · 2: the command was
 * called wrongly, nothing was done.
 */
export const exits = { done: 0, fault: 1, usage: 2 } as const

/** The command was called wrongly. */
export const usageFault = (message: string) => Object.assign(Error(message), { exit: exits.usage })
