import { defineConfig } from 'vitest/config'

// Apart from the other tests: it needs a build, packs it and installs it from the registry.
export default defineConfig({
  test: { include: ['tests/tarballs/*.check.ts'], testTimeout: 120_000, hookTimeout: 300_000 },
})
