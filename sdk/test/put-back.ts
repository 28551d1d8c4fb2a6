import { afterEach, vi } from 'vitest'

/** Files share one world (`isolate: false`): what a test puts in the place of a global goes with it. */
afterEach(() => void vi.unstubAllGlobals())
