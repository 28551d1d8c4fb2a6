import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'threads',
    // Property tests on a busy machine of two cores.
    testTimeout: 30_000,
    include: ['sdk/**/*.test.ts', 'demo-site/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'e2e/**'],
  },
})
