import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Writes a file that is gone after the test. */
export async function temporaryFile(name: string, content: string | Uint8Array): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'bailiwick-'))
  onTestFinished(async () => rm(directory, { recursive: true }))
  const file = join(directory, name)
  await writeFile(file, content)
  return file
}

/** Writes a configuration file as JSON. */
export async function configurationFile(configuration: unknown): Promise<string> {
  return temporaryFile('bailiwick.json', JSON.stringify(configuration))
}
