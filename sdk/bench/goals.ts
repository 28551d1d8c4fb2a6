/** The figures to beat. Those against a peer are ratios to what that peer takes in the same run. */
export const goals = {
  boot: { overWebVitals: 1, heapKb: 120 },
  events: { moveOverListeners: 2, clickUs: 100, keyUs: 60, heapKb: 20 },
  detect: { pointerNs: 2000, corePercent: 1 },
  decide: { overGrowthBook: 20, unnamedUs: 1 },
  ruleset: { compileThousandMs: 10, hostileOverValid: 1 },
  /** "The floor, within one frame." */
  paint: { overFloorMs: 16.7, extraFrames: 1, ownMs: { 1: 1, 6: 8 } },
  bytes: { main: 12_000, all: 20_000 },
}
