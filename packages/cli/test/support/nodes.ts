import { createAuthorizationServer } from '@bailiwick/core'
import type { AuthorizationServer, Client, RecordKind } from '@bailiwick/core'
import { createPostgresStore } from '@bailiwick/store-postgres'
import type { ResourceDefinitions } from '@bailiwick/protocol'
import { Pool } from 'pg'
import { onTestFinished } from 'vitest'
import {
  authorizeWith,
  redirectUri,
  spa,
  verifier,
  web,
} from '../../../core/test/support/people.js'
import { basic } from '../../../core/test/support/server.js'
import { configurationFile } from './files.js'
import { startServer } from './start-server.js'
import type { RunningServer } from './start-server.js'

const definitions = {
  identityResources: ['openid'],
  apiScopes: ['read'],
  apiResources: [{ name: 'urn:api', scopes: ['read'] }],
} satisfies ResourceDefinitions

const scope = 'openid read offline_access'

/** A client whose refresh tokens rotate, and that may repeat a refresh whose answer got lost. */
export const rotating: Client = {
  ...web,
  allowedScopes: ['openid', 'read'],
  allowedGrantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  refreshTokenUsage: 'oneTimeOnly',
}

const clients: readonly Client[] = [rotating, { ...spa, allowedScopes: ['openid', 'read'] }]

/** Several servers that act as one, and somebody who signs in at it. */
export interface Nodes {
  /** Starts a process. */
  readonly start: (...args: readonly string[]) => Promise<RunningServer>
  /** Signs a user in and gives the code that the client gets. */
  readonly code: () => Promise<string>
}

/** What the nodes of a test have in common. */
export interface NodesOptions {
  readonly connectionString: string
  readonly issuer?: string
  /** What else their configuration says. */
  readonly configuration?: object
}

/** Makes the world of a test: processes on one database, and a server of this process that signs people in there. */
export async function createNodes({
  connectionString,
  issuer = 'http://127.0.0.1:5001',
  configuration = {},
}: NodesOptions): Promise<Nodes> {
  const shared = { issuer, clients, defaultSigningAlgorithm: 'EdDSA', ...configuration } as const
  const users = [{ subject: 'alice', username: 'alice', password: 'alice' }]
  const config = await configurationFile({ ...definitions, users, ...shared })
  const store = createPostgresStore({ connectionString })
  onTestFinished(store.close)
  await store.migrate()
  const server: AuthorizationServer = createAuthorizationServer<ResourceDefinitions>({
    resources: definitions,
    store,
    ...shared,
  })
  return {
    start: (...args) => startServer(config, '--store', connectionString, ...args),
    async code() {
      const { searchParams } = await authorizeWith(server, { scope })
      return searchParams.get('code') ?? ''
    },
  }
}

/** What a request came to. */
export interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: Readonly<Record<string, unknown>>
}

/** Sends a form as the client that rotates. */
export async function postForm(
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: basic('web', 'secret') },
    body: new URLSearchParams(form),
  })
  const body = (await response.json()) as Readonly<Record<string, unknown>>
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body }
}

/** Redeems a code at a node. */
export const redeemAt = ({ url }: Pick<RunningServer, 'url'>, code: string): Promise<Answer> =>
  postForm(`${url}/token`, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })

/** Uses a refresh token at a node. */
export const refreshAt = ({ url }: Pick<RunningServer, 'url'>, token: unknown): Promise<Answer> =>
  postForm(`${url}/token`, { grant_type: 'refresh_token', refresh_token: String(token) })

/** How many records of a kind there are in a database. */
export async function countRecords(connectionString: string, kind: RecordKind): Promise<number> {
  const pool = new Pool({ connectionString })
  const { rows } = await pool.query<{ readonly count: string }>(
    'SELECT count(*) FROM bailiwick.records WHERE kind = $1',
    [kind],
  )
  await pool.end()
  return Number(rows[0]?.count)
}

/** How many families of refresh tokens there are in a database. */
export const countFamilies = (connectionString: string): Promise<number> =>
  countRecords(connectionString, 'refresh_token')
