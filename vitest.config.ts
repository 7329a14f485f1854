import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: {
    resolve: { conditions: ['bailiwick-source', 'module', 'node', 'development|production'] },
  },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'tests/**/*.test.ts'],
    coverage: { provider: 'v8', include: ['packages/*/src/**'] },
  },
})
