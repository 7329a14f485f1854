import { OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type {
  ClientAuthenticationInput,
  ClientAuthenticationMethod,
  ClientCredentials,
  ClientIdentity,
} from './method.js'

declare const brand: unique symbol

/** A client that proved its identity in this request. Only {@link authenticateClient} makes one. */
export type AuthenticatedClient = RegisteredClient & { readonly [brand]: 'AuthenticatedClient' }

interface Attempt extends ClientCredentials {
  readonly challenge: string | undefined
}

/** Stands in for a client that does not exist. Nothing proves to be it: it is confidential and has no secret. */
const nobody: ClientIdentity = {
  clientId: '',
  secrets: [{ hash: new Uint8Array(32), expiresAt: 0 }],
  isConfidential: true,
}

function readAttempt(
  methods: readonly ClientAuthenticationMethod[],
  input: ClientAuthenticationInput,
): Attempt {
  const [attempt, ...others] = methods.flatMap((method) => {
    const credentials = method.read(input)
    return credentials === undefined ? [] : [{ ...credentials, challenge: method.challenge }]
  })
  if (attempt === undefined) {
    throw new OAuthError('invalid_client', { description: 'client authentication is missing' })
  }
  if (others.length > 0) {
    throw new OAuthError('invalid_request', {
      description: 'the client authenticates in more than one way (RFC 6749 section 2.3)',
    })
  }
  return attempt
}

/**
 * Finds out which client sends a request (RFC 6749 section 2.3). An unknown client and a wrong secret get the same
 * answer after the same work.
 *
 * @throws OAuthError `invalid_client`, or `invalid_request` when the request uses several methods at once.
 */
export async function authenticateClient(
  methods: readonly ClientAuthenticationMethod[],
  input: ClientAuthenticationInput,
  context: Pick<ServerContext, 'clients' | 'now'>,
): Promise<AuthenticatedClient> {
  const { clientId, prove, challenge } = readAttempt(methods, input)
  const named = input.parameters.get('client_id') ?? clientId
  if (named !== clientId) {
    throw new OAuthError('invalid_request', {
      description: 'client_id differs from the client that authenticates',
    })
  }
  const client = await context.clients.find(clientId)
  const isProven = await prove(client ?? nobody, context)
  if (client === undefined || !isProven) {
    throw new OAuthError('invalid_client', {
      description: 'client authentication failed',
      ...(challenge !== undefined && { headers: { 'www-authenticate': challenge } }),
    })
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that brands a client
  return client as AuthenticatedClient
}
