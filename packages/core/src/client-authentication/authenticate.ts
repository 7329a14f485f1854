import { OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type {
  ClientAuthenticationInput,
  ClientAuthenticationMethod,
  ClientCredentials,
  ClientIdentity,
} from './method.js'

/** To whom credentials may belong. */
export interface Candidates<Party extends ClientIdentity> {
  /**
   * Finds those that have an identifier, in the order in which they count. It gives as many for every identifier, with
   * `undefined` for one that does not exist.
   */
  readonly find: (clientId: string) => Promise<readonly (Party | undefined)[]>
  readonly context: Pick<ServerContext, 'now'>
}

interface Attempt extends ClientCredentials {
  readonly challenge: string | undefined
}

/** Stands in for somebody who does not exist. Nothing proves to be it: it is confidential and has no secret. */
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
 * Finds out whose credentials a request has (RFC 6749 section 2.3). Somebody unknown and a wrong secret get the same
 * answer after the same work.
 *
 * @throws OAuthError `invalid_client`, or `invalid_request` when the request uses several methods at once.
 */
export async function authenticate<Party extends ClientIdentity>(
  methods: readonly ClientAuthenticationMethod[],
  input: ClientAuthenticationInput,
  { find, context }: Candidates<Party>,
): Promise<Party> {
  const { clientId, prove, challenge } = readAttempt(methods, input)
  const named = input.parameters.get('client_id') ?? clientId
  if (named !== clientId) {
    throw new OAuthError('invalid_request', {
      description: 'client_id differs from the client that authenticates',
    })
  }
  const candidates = await find(clientId)
  const proofs = await Promise.all(candidates.map(async (party) => prove(party ?? nobody, context)))
  const proven = candidates.find((party, index) => party !== undefined && proofs[index] === true)
  if (proven === undefined) {
    throw new OAuthError('invalid_client', {
      description: 'client authentication failed',
      ...(challenge !== undefined && { headers: { 'www-authenticate': challenge } }),
    })
  }
  return proven
}
