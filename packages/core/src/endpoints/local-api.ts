import { ConfigurationError } from '@bailiwick/protocol'
import type { JWK } from 'jose'
import type { ServerContext } from '../context.js'
import { introspect } from '../tokens/introspect.js'
import { introspectionBody } from './introspection-response.js'
import type { IntrospectionBody } from './introspection-response.js'

/** What an API can ask that lives in the same process as the server: without HTTP, and without a secret. */
export interface LocalApi {
  /**
   * Finds the key with this name, if it is published now (RFC 7517 section 4.5). It looks again for one that this process
   * has not seen yet, though not too often.
   *
   * @throws OAuthError `temporarily_unavailable` when nobody can tell.
   */
  readonly findKey: (kid: string) => Promise<JWK | undefined>
  /**
   * Gives what the introspection endpoint would answer to this API (RFC 7662 section 2.2), as things are now.
   *
   * @throws OAuthError `temporarily_unavailable` when nobody can tell.
   */
  readonly introspect: (token: string) => Promise<IntrospectionBody>
}

/**
 * Answers one API as the JWKS and the introspection endpoint would. It does not go through them, because they want proof
 * of who asks and give answers to keep: an API in this process could read the store itself, and can ask each time.
 *
 * @throws ConfigurationError when no enabled API resource has this name.
 */
export function createLocalApi(name: string, context: ServerContext): LocalApi {
  const api = context.resources.apis.get(name)
  if (api === undefined) {
    const message = `'${name}' is no enabled API resource: add it to apiResources`
    throw new ConfigurationError([{ path: 'forApi', message }])
  }
  return {
    findKey: context.signer.findKey,
    introspect: async (token) => {
      const presented = { token, hint: undefined }
      return introspectionBody(await introspect(presented, { kind: 'api', api }, context))
    },
  }
}
