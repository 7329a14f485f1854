import { defineConfig } from 'vitest/config'

// Apart from the other tests: it needs a build, and fetches most of a gigabyte when it runs for the first time.
export default defineConfig({
  test: { include: ['packages/api-sdk/test/runtimes/*.check.ts'], testTimeout: 60_000 },
})
