/**
 * Back-pressure: how many bytes may be under way, from the first byte of a body to the commit of its events. When
 * the store cannot keep up they pile up here, and who comes then is sent away before anything of his is read.
 */
export interface Visit {
  /** Once it is known how many they really are. */
  holds(bytes: number): void
  leave(): void
}

export interface Gate {
  /** Undefined where there is no room for that many bytes. */
  enter(bytes: number): Visit | undefined
}

export const createGate = (most: number): Gate => {
  let inside = 0
  return {
    enter: (bytes) => {
      // A lone request always gets in, however small the gate was made.
      if (inside > 0 && inside + bytes > most) return undefined
      let held = bytes
      inside += bytes
      const holds = (now: number): void => {
        inside += now - held
        held = now
      }
      return { holds, leave: () => holds(0) }
    },
  }
}
