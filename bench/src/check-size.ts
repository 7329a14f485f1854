import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { stdout } from 'node:process'
import { build } from 'esbuild'

const most = 15_000

/** An entry of the SDK, and the bytes that a bundle with nothing else in it takes. */
async function measure(entry: string): Promise<number> {
  const result = await build({
    entryPoints: [fileURLToPath(import.meta.resolve(entry))],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // What an API has anyway, or has to be kept up to date by its owner.
    external: ['jose'],
    legalComments: 'none',
  })
  const [file] = result.outputFiles
  if (file === undefined) throw new TypeError(`esbuild made nothing of ${entry}`)
  return gzipSync(file.contents, { level: 9 }).length
}

const entry = '@bailiwick/api-sdk'
const size = await measure(entry)
const isSmall = size <= most
stdout.write(
  `${entry}: ${size.toLocaleString('en')} bytes minified and compressed, without jose; at most ${most.toLocaleString('en')}: ${isSmall ? 'met' : 'TOO LARGE'}\n`,
)
if (!isSmall) process.exitCode = 1
