import { join } from 'node:path'
import type { RequestListener } from 'node:http'
import { onTestFinished, vi } from 'vitest'
import { listening } from '../../../../tests/support/listening.js'

/** Starts the web client of a project in this process, without its server, and gives the URL that it listens at. */
export async function startClient(
  project: string,
  settings: Readonly<Record<'ISSUER' | 'CLIENT_URL', string>>,
): Promise<string> {
  const others = { API_URL: settings.ISSUER, DATA_KEY: '-', ALICE_PASSWORD: '-' }
  const variables = { ...settings, ...others, CLIENT_SECRET: 'secret' }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  vi.resetModules()
  const { createClient }: { createClient: () => RequestListener } = await import(
    join(project, 'src/client.ts')
  )
  vi.unstubAllEnvs()
  const { url, close } = await listening(createClient)
  onTestFinished(close)
  return url
}
