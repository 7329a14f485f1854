import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sha256 } from '@bailiwick/core'
import type { Configuration } from '../../src/index.js'

/** Where the page of the documentation is that is about `bailiwick lint`. */
export const lintPagePath = fileURLToPath(
  new URL('../../../../docs/reference/lint.md', import.meta.url),
)

/** The page of the documentation that is about `bailiwick lint`. */
export const lintPage = readFileSync(lintPagePath, 'utf8')

/** The moment of which the page says that it is. */
export const lintTime = new Date('2026-12-01T00:00:00Z')

type Json = Readonly<Record<string, unknown>>

const nameOf = (entry: unknown): string =>
  typeof entry === 'string' ? entry : String((entry as Json)['name'])

function completeClient(client: Json, scopes: readonly string[]): Json {
  const complete: Json = {
    allowedGrantTypes: ['authorization_code'],
    allowedScopes: scopes,
    ...client,
  }
  const isConfidential = complete['requireClientSecret'] !== false
  const sendsUsers = (complete['allowedGrantTypes'] as string[]).includes('authorization_code')
  return {
    ...(isConfidential && {
      clientSecrets: [{ value: sha256(`a long secret of ${String(client['clientId'])}`) }],
    }),
    ...(sendsUsers && { redirectUris: ['https://app.example.com/callback'] }),
    ...complete,
  }
}

/** Adds what the page leaves out of an example. */
export function completeExample(example: Json): Json {
  const { clients = [], users, ...others } = example
  const resources: Json = { apiScopes: ['invoice.read'], ...others }
  const scopes = [
    ...((resources['identityResources'] ?? []) as unknown[]),
    ...(resources['apiScopes'] as unknown[]),
  ].map(nameOf)
  return {
    dataKeys: [Buffer.alloc(32, 1).toString('base64')],
    ...resources,
    clients: (clients as Json[]).map((client) => completeClient(client, scopes)),
    ...(users !== undefined && {
      users: (users as Json[]).map((user) => ({ username: 'alice', password: 'alice', ...user })),
    }),
  }
}

/** What the page says about one rule. */
export interface RuleSection {
  readonly id: string
  readonly text: string
  /** Three of them: where something is found, the fix, and what is fine. */
  readonly examples: readonly Configuration[]
}

/** The sections of the page, one for each rule. */
export const ruleSections: readonly RuleSection[] = lintPage
  .split(/^## The rules$/m)
  .slice(1)
  .join('')
  .split(/^### /m)
  .slice(1)
  .map((text) => ({
    id: text.split('\n', 1)[0] ?? '',
    text,
    examples: [...text.matchAll(/```json\n(.*?)```/gs)].map(
      ([, code = '']) => completeExample(JSON.parse(code) as Json) as unknown as Configuration,
    ),
  }))
