import { stdout } from 'node:process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { oneAfterAnother } from './measure/one-after-another.js'

/** What an API imports, and the most bytes that may take, minified and compressed. */
interface Budget {
  readonly name: string
  readonly code: string
  readonly most: number
}

const here = fileURLToPath(new URL('.', import.meta.url))

// 15 kB were meant for JWTs of one kind of issuer. That is beyond reach while all of these are wired in, whether an API
// asks for them or not: proofs and certificates (3.4 kB), introspection, tokens of issuers that do not follow RFC 9068,
// other places of tokens, profiles, and the checks of all their options; since then also signatures on workerd and what
// metrics are made of (0.4 kB), that requests wait for each other, and checks of what presets are given (0.2 kB). Whoever
// needs more room says here what for.
const budgets: readonly Budget[] = [
  {
    name: 'one guard',
    code: `export { createResourceServer, scope } from '@bailiwick/api-sdk'`,
    most: 24_500,
  },
  { name: 'everything', code: `export * from '@bailiwick/api-sdk'`, most: 26_750 },
]

async function measure({ code }: Budget): Promise<number> {
  const result = await build({
    stdin: { contents: code, resolveDir: here },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    // Not ours, and also kept up to date by others.
    external: ['jose'],
  })
  const [file] = result.outputFiles
  if (file === undefined) throw new TypeError(`esbuild made nothing of ${code}`)
  return gzipSync(file.contents, { level: 9 }).length
}

async function isWithin(budget: Budget): Promise<boolean> {
  const size = await measure(budget)
  const isSmall = size <= budget.most
  const [told, most] = [size, budget.most].map((bytes) => bytes.toLocaleString('en'))
  const verdict = isSmall ? 'met' : 'TOO LARGE'
  stdout.write(`${budget.name}: ${told} bytes without jose, at most ${most}: ${verdict}\n`)
  return isSmall
}

stdout.write('@bailiwick/api-sdk, minified and compressed\n')
const verdicts = await oneAfterAnother(budgets, isWithin)
if (!verdicts.every(Boolean)) process.exitCode = 1
