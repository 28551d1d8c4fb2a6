export const took = (run: () => unknown) => {
  const began = performance.now()
  run()
  return performance.now() - began
}

/** The middle of many turns. */
export const median = (turns: number, turn: () => number) =>
  Array.from({ length: turns }, turn).sort((a, b) => a - b)[Math.floor(turns / 2)]!

/**
 * What four times as much costs: about 4 where the work is linear, 16 where it is quadratic. In turns: whatever else
 * the machine does slows both.
 */
export function growth(made: (size: number) => () => unknown, size: number) {
  const [small, large] = [made(size), made(4 * size)]
  small()
  return median(15, () => took(large) / took(small))
}
