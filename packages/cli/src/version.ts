import { readFileSync } from 'node:fs'
import { z } from 'zod'

const packageManifest = z.object({ version: z.string() })

/** The version of this package. */
export function version(): string {
  // Not imported: Node.js 20 warns that it imports JSON as an experiment.
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  return packageManifest.parse(manifest).version
}
