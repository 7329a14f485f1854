/** What `pnpm check:site` runs, after it has built the site. */
export default {
  ssr: { resolve: { conditions: ['bailiwick-source', 'node', 'development|production'] } },
  test: { include: ['docs/test/site/*.check.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
}
