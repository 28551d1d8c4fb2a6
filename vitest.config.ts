import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'threads',
    // A world of its own for each file costs more than the tests do.
    isolate: false,
    setupFiles: 'sdk/test/put-back.ts',
    maxWorkers: 2,
    // Property tests on a busy machine of two cores.
    testTimeout: 30_000,
    include: ['sdk/**/*.test.ts', 'demo-site/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'e2e/**'],
  },
})
