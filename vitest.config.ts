import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: {
    // Without `module`: files for bundlers leave out extensions, without which Node.js does not find what they import.
    resolve: { conditions: ['bailiwick-source', 'node', 'development|production'] },
  },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'apps/*/test/**/*.test.ts',
      'tests/**/*.test.ts',
      'docs/test/**/*.test.ts',
    ],
    // Many tests wait for programs that they have started, so that none of the processors needs to be left to them.
    maxWorkers: '100%',
    // Nothing here is about time: a busy machine must not fail a test.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: { provider: 'v8', include: ['packages/*/src/**'] },
  },
})
