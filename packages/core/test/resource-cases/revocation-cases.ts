import type { HttpResponse } from '@bailiwick/protocol'
import type { AuthorizationServer } from '../../src/index.js'
import { basic, bodyOf, post } from '../support/server.js'
import type { CaseRunner } from './cases.js'
import { compareFacts } from './compare.js'
import { createTokenServer, postAs, tokensOf } from './token-world.js'

/** What came of a situation: the answer, and the tokens that it may have ended, with whose they are. */
interface Outcome {
  readonly response: HttpResponse
  readonly token?: string
  readonly other?: string
}

const owner = 'ro.client'

const grantOf = (server: AuthorizationServer) =>
  tokensOf(server, owner, { scope: 'api1 offline_access', grant_type: 'custom' })

const revokeAs = (server: AuthorizationServer, name: string, form: Record<string, string>) =>
  postAs(server, name, { path: '/revoke', form })

const revokeAccessToken = async (
  server: AuthorizationServer,
  more: Record<string, string> = {},
): Promise<Outcome> => {
  const { access: token } = await grantOf(server)
  return { token, response: await revokeAs(server, owner, { token, ...more }) }
}

const situations: Readonly<Record<string, (server: AuthorizationServer) => Promise<Outcome>>> = {
  'no form body': async (server) => ({
    response: await post(server, '', {
      path: '/revoke',
      authorization: basic(owner, 'secret'),
      headers: { 'content-type': '' },
    }),
  }),
  'own reference token': (server) => revokeAccessToken(server, { token_type_hint: 'access_token' }),
  'no hint': (server) => revokeAccessToken(server),
  'token_type_hint=not-valid': (server) =>
    revokeAccessToken(server, { token_type_hint: 'not-valid' }),
  "other client's refresh token": async (server) => {
    const { refresh: token } = await grantOf(server)
    return { token, response: await revokeAs(server, 'ro.client2', { token }) }
  },
  'two sessions, revoke one refresh token': async (server) => {
    const [one, two] = [await grantOf(server), await grantOf(server)]
    const response = await revokeAs(server, owner, { token: one.refresh })
    return { response, token: one.access, other: two.access }
  },
  'unknown token': async (server) => ({
    response: await revokeAs(server, owner, { token: 'unknown' }),
  }),
  'wrong secret': async (server) => ({
    response: await postAs(server, owner, {
      path: '/revoke',
      form: { token: 'unknown' },
      secret: 'wrong',
    }),
  }),
}

async function isActive(server: AuthorizationServer, token: string): Promise<unknown> {
  return bodyOf(await postAs(server, owner, { path: '/introspect', form: { token } }))['active']
}

/** Cases at the revocation endpoint. */
export const runRevocation: CaseRunner = async ({ config, request }, expected, mode) => {
  const server = createTokenServer(config, mode)
  const { situation = '' } = request
  const outcome = await situations[situation]?.(server)
  if (outcome === undefined) throw new Error(`no situation '${situation}'`)
  const { response, token, other } = outcome
  const after = token && ((await isActive(server, token)) === true ? 'still active' : 'inactive')
  const otherAfter = other && ((await isActive(server, other)) === true ? 'unaffected' : 'over')
  compareFacts(expected, {
    status: response.status,
    error: bodyOf(response)['error'],
    tokenAfter: after,
    otherSession: otherAfter,
  })
}
