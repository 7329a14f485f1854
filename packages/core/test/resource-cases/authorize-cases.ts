import type { HttpResponse } from '@bailiwick/protocol'
import { locationOf } from '../support/people.js'
import { bodyOf, issuer } from '../support/server.js'
import type { CaseExpectation, CaseRunner } from './cases.js'
import { compareFacts, sorted } from './compare.js'
import { sentParameters } from './parameters.js'
import { createPeopleWorld, withdrawal } from './people-world.js'
import type { Stage } from './people-world.js'
import { clientOf } from './world.js'

/** These ask for tokens through the front channel, but are about scopes: they hold for the code as well. */
const aboutScopes: readonly string[] = ['azs-18', 'cons-20', 'cons-21']

/** Where an answer goes. Only one that names this server (RFC 9207) counts as an answer to the client. */
function deliveryOf(response: HttpResponse, redirectUri: string): string {
  if (response.headers['location'] === undefined) return 'page'
  const { origin, pathname, searchParams } = locationOf(response)
  const isClient = new URL(redirectUri).href === new URL(pathname, origin).href
  return isClient && searchParams.get('iss') === issuer ? 'to client' : 'elsewhere'
}

/** What the client gets for its code. */
async function tokensFor(code: string | undefined, redirectUri: string, stage: Stage) {
  if (code === undefined) return {}
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
  const body = bodyOf(await stage.token(form))
  return { scopeSet: sorted(body['scope']), id_token: body['id_token'] !== undefined }
}

const withSortedScopes = ({ scopeSet, ...others }: CaseExpectation): CaseExpectation => ({
  ...others,
  ...(scopeSet !== undefined && { scopeSet: sorted(scopeSet) }),
})

/** Cases at the authorization endpoint. */
export const runAuthorize: CaseRunner = async ({ id, config, request }, expected, mode) => {
  const stage = createPeopleWorld(config, mode).start(withdrawal(config, request))
  const { redirectUri } = clientOf(config)
  const { _userConsents: consent, ...params } = request.params ?? {}
  const response = await stage.authorize(
    {
      ...sentParameters(params),
      ...(aboutScopes.includes(id) && { response_type: 'code' }),
    },
    Array.isArray(consent) ? { consent } : {},
  )
  const answer = locationOf(response).searchParams
  const code = answer.get('code') ?? undefined
  compareFacts(withSortedScopes(expected), {
    status: response.status,
    delivery: deliveryOf(response, redirectUri),
    error: answer.get('error'),
    valid: code !== undefined && answer.get('error') === null,
    ...(await tokensFor(code, redirectUri, stage)),
  })
}
