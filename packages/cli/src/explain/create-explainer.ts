import { existsSync } from 'node:fs'
import { createAuthorizationServer, createMemoryStore } from '@bailiwick/core'
import type { AuthorizationServer, Explanation, Store, TokenExplanation } from '@bailiwick/core'
import { CommandFailure } from '../command-failure.js'
import { serverDefaults } from '../commands/server-options.js'
import type { Configuration } from '../configuration/configuration.js'
import { serverOptions } from '../configuration/server-options.js'
import { createUserDirectory } from '../serving/create-user-directory.js'
import { urlOf } from '../serving/listen-address.js'
import { openStore } from '../serving/open-store.js'
import { readStorePlace } from '../stores/store-place.js'
import { UsageError } from '../usage-error.js'

/** The issuer where the configuration names none: that of `bailiwick serve` without options. */
export const defaultIssuer = urlOf({
  scheme: 'http',
  host: serverDefaults.host,
  port: Number(serverDefaults.port),
})

/** Reads the reference tokens of a store, and keeps everything else, keys too, in memory. */
function readReferences(store: Pick<Store, 'find'>): Store {
  const memory = createMemoryStore()
  return {
    ...memory,
    find: (kind, id) => (kind === 'reference_token' ? store : memory).find(kind, id),
  }
}

/** A server that is there to explain, and is the one of `bailiwick serve` otherwise. It signs with keys of the moment. */
export function createExplainer(
  configuration: Configuration,
  store: Pick<Store, 'find'> = createMemoryStore(),
): Pick<AuthorizationServer, 'explain' | 'explainToken'> {
  const { users = [] } = configuration
  const { profile } = createUserDirectory(users)
  return createAuthorizationServer({
    ...serverOptions(configuration, { defaultIssuer }),
    // Without users it is not the configuration that says who there is.
    profile: users.length === 0 ? { claims: profile.claims } : profile,
    store: readReferences(store),
  })
}

const isJwt = (token: string): boolean => token.includes('.')

async function explainHandle(
  token: string,
  configuration: Configuration,
  named: string | undefined,
): Promise<TokenExplanation | undefined> {
  if (named === undefined) {
    throw new UsageError('--token is the handle of a token in the store: --store PLACE is needed')
  }
  const place = readStorePlace(named)
  if (place.kind === 'memory') throw new UsageError('--store memory is gone with its server')
  if (place.kind === 'file' && !existsSync(place.file)) {
    throw new CommandFailure(`the store ${place.file} does not exist`)
  }
  const { store, close } = await openStore(place, { migrate: 'no' })
  try {
    return await createExplainer(configuration, store).explainToken(token)
  } finally {
    await close()
  }
}

/**
 * Explains a token that is there.
 *
 * @throws CommandFailure when it is none of this server.
 */
export async function explainExisting(
  token: string,
  configuration: Configuration,
  store: string | undefined,
): Promise<TokenExplanation> {
  const explanation = isJwt(token)
    ? await createExplainer(configuration).explainToken(token)
    : await explainHandle(token, configuration, store)
  if (explanation !== undefined) return explanation
  throw new CommandFailure(
    isJwt(token)
      ? '--token is no JWT that can be read'
      : '--token is the handle of no token in the store: it has expired, was revoked, or never was',
  )
}

/** Whether the keys of a configuration stand in it, so that the names and signatures of an explanation are the real ones. */
export const hasKeys = ({ signingKeys = [] }: Configuration): boolean => signingKeys.length > 0

const withoutKeyName = <Explained extends Pick<Explanation, 'accessToken' | 'idToken'>>(
  explanation: Explained,
): Explained => ({
  ...explanation,
  ...Object.fromEntries(
    (['accessToken', 'idToken'] as const).flatMap((name) => {
      const token = explanation[name]
      if (token?.header === undefined) return []
      const { kid: _, ...header } = token.header
      return [[name, { ...token, header }]]
    }),
  ),
})

/** Leaves the name of the key out of an explanation where it is that of a key of the moment. */
export const withRealKeys = (explanation: Explanation, configuration: Configuration): Explanation =>
  hasKeys(configuration) ? explanation : withoutKeyName(explanation)
