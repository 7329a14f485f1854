import { ConfigurationError } from '@bailiwick/protocol'
import type { HttpResponse } from '@bailiwick/protocol'
import { expect } from 'vitest'
import { createAuthorizationServer, defaultGrants } from '../../src/index.js'
import type { AuthorizationServer } from '../../src/index.js'
import { withExplanations } from '../support/explains-as-issued.js'
import { basic, bodyOf, post } from '../support/server.js'
import type { CaseExpectation, CaseRunner, ResourceCase } from './cases.js'
import { compareFacts, compareToken } from './compare.js'
import { pairsOf, sentParameters } from './parameters.js'
import { clientOf, optionsOf } from './world.js'

/** The request of a case, sent by its client in the way the case says. */
function sendTokenRequest(
  server: AuthorizationServer,
  { config, request }: ResourceCase,
): Promise<HttpResponse> {
  const { params = {} } = request
  const { clientId } = clientOf(config)
  const form = pairsOf(sentParameters(params))
  if (params['_auth'] === 'client_secret_post') {
    const credentials = pairsOf({ client_id: clientId, client_secret: 'secret' })
    return post(server, [...form, ...credentials], { authorization: null })
  }
  const sender = params['_auth'] === 'unknown client' ? 'unknown' : clientId
  return post(server, form, { authorization: basic(sender, 'secret') })
}

/** Compares the answer to a token request with what is expected. */
export function compareTokenResponse(response: HttpResponse, expected: CaseExpectation): void {
  const { access_token: token, apiResources, apiScopes, ...others } = expected
  const { identityResources = [], ...members } = others
  const { status } = response
  const body = bodyOf(response)
  compareFacts(
    { status: expected.valid === true ? 200 : 400, error: undefined, ...members },
    {
      status,
      valid: status === 200,
      error: body['error'],
      token_type: body['token_type'],
      expires_in: body['expires_in'],
      id_token: body['id_token'] !== undefined,
      refresh_token: body['refresh_token'] !== undefined,
    },
  )
  // Where a case names resources and no token, they tell what the token is made of.
  const made = {
    ...(apiResources && { aud: apiResources }),
    ...(apiScopes && { scope: [...identityResources, ...apiScopes] }),
    ...token,
  }
  if (Object.keys(made).length > 0) compareToken(body['access_token'], made)
}

/** Cases at the token endpoint that need nobody but the client. */
export const runTokenRequest: CaseRunner = async (entry, expected, compatibility) => {
  const create = (): AuthorizationServer =>
    createAuthorizationServer({ ...optionsOf(entry.config, { defaultGrants }), compatibility })
  if (expected.throws !== undefined) {
    expect(create).toThrow(ConfigurationError)
    expect(create).toThrow(expected.throws)
    return
  }
  compareTokenResponse(await sendTokenRequest(withExplanations(create()), entry), expected)
}
