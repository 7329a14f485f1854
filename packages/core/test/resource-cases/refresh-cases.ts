import type { HttpResponse } from '@bailiwick/protocol'
import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { bodyOf } from '../support/server.js'
import type { CaseConfig, CaseRunner, ResourceCase, StoredGrant } from './cases.js'
import { sentParameters } from './parameters.js'
import { codeOf, createPeopleWorld, perform, storeCode, withdrawal } from './people-world.js'
import type { PeopleWorld, Stage } from './people-world.js'
import { compareTokenResponse } from './token-cases.js'
import { clientOf } from './world.js'

export const tokenIn = (response: HttpResponse): string => String(bodyOf(response)['refresh_token'])

const sessionIn = (response: HttpResponse): unknown =>
  decodeJwt(String(bodyOf(response)['access_token']))['sid']

/** Makes a code flow, and gives the answer with the refresh token. */
export async function codeFlow(grant: StoredGrant, stage: Stage, config: CaseConfig) {
  const scopes = [...grant.scopes, 'offline_access']
  const code = codeOf(await storeCode({ ...grant, scopes }, stage))
  const { redirectUri } = clientOf(config)
  return stage.token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri })
}

export const refreshWith = (stage: Stage, token: string): Promise<HttpResponse> =>
  stage.token({ grant_type: 'refresh_token', refresh_token: token })

/** Comes by a refresh token as it is stored in a case: with a list of resources from a code, and without by `custom`. */
async function store(
  { scopes, resourceIndicators }: StoredGrant,
  { config, start }: PeopleWorld,
): Promise<string> {
  if (resourceIndicators === undefined) {
    const scope = [...scopes, 'offline_access'].join(' ')
    return tokenIn(await start().token({ grant_type: 'custom', scope }))
  }
  const { grants = [], ...client } = config.client ?? {}
  const stage = start({ client: { ...client, grants: [...grants, 'authorization_code'] } })
  return tokenIn(await codeFlow({ scopes, resourceIndicators }, stage, config))
}

/** What makes a good refresh token, or the request with it, a bad one. */
const situations: Readonly<
  Record<string, (world: PeopleWorld, token: string) => Promise<HttpResponse>>
> = {
  'unknown handle': ({ start }) => refreshWith(start(), 'unknown'),
  'over 100 characters': ({ start }) => refreshWith(start(), 'x'.repeat(101)),
  expired({ start, pass }, token) {
    pass(30 * 24 * 3600)
    return refreshWith(start(), token)
  },
  'issued to another client': ({ config, start }, token) =>
    refreshWith(start({ client: { ...config.client, id: 'other' } }), token),
  'client no longer has AllowOfflineAccess': ({ config, start }, token) => {
    const grants = ['refresh_token']
    return refreshWith(
      start({ client: { ...config.client, grants, allowOfflineAccess: false } }),
      token,
    )
  },
}

async function refreshStored({ config, request }: ResourceCase, world: PeopleWorld) {
  const { storedRefreshToken = { scopes: [] }, params = {} } = request
  const token = await store(storedRefreshToken, world)
  const { situation } = params
  if (typeof situation === 'string') {
    expect((await refreshWith(world.start(), token)).status).toBe(200)
    return situations[situation]?.(world, token)
  }
  return world
    .start(withdrawal(config, request))
    .token({ ...sentParameters(params), refresh_token: token })
}

/** What comes before a refresh where a case says it in words. */
const stories: Readonly<Record<string, (world: PeopleWorld) => Promise<HttpResponse>>> = {
  // The user takes back what was allowed, which revokes the refresh token as the revocation endpoint does.
  async 'revoke rt1'({ config, start }) {
    const stage = start()
    const { clientId } = clientOf(config)
    const form = { grant_type: 'custom', scope: 'openid api1 offline_access' }
    const token = tokenIn(await stage.token(form))
    expect((await refreshWith(stage, token)).status).toBe(200)
    await stage.server.grants.revoke({ subject: 'bob', clientId })
    return refreshWith(stage, token)
  },
  async 'code flow for scope1 scope2 offline_access; then scope2 removed from client.allowedScopes'({
    config,
    start,
  }) {
    const token = tokenIn(await codeFlow({ scopes: ['scope1', 'scope2'] }, start(), config))
    const client = { ...config.client, allowedScopes: ['scope1'] }
    return refreshWith(start({ client }), token)
  },
  async 'code flow; then ApiResource.userClaims changed or urn:resource2 disabled'({
    config,
    start,
  }) {
    const token = tokenIn(await codeFlow({ scopes: ['scope1', 'scope2'] }, start(), config))
    const apiResources = [
      { name: 'urn:resource1', scopes: ['scope1', 'scope2'], userClaims: ['email'] },
      { name: 'urn:resource2', scopes: ['scope2'], enabled: false },
    ]
    return refreshWith(start({ apiResources }), token)
  },
}

/** The session identifier survives: `unchanged` is turned into what it was. */
const runSession: CaseRunner = async ({ config }, expected, mode) => {
  const world = createPeopleWorld({ ...config, apiScopes: ['api1'] }, mode)
  const stage = world.start()
  const first = await codeFlow({ scopes: ['api1'] }, stage, config)
  expect(sessionIn(first)).toMatch(/./)
  const refreshed = sessionIn(await refreshWith(stage, tokenIn(first)))
  expect(expected).toEqual({
    access_token: { sid: refreshed === sessionIn(first) ? 'unchanged' : refreshed },
  })
}

/** In IdentityServer's test the profile service adds this claim unasked; with us an API has to want it. */
const wanted: Readonly<Record<string, CaseConfig>> = {
  'ext-04': {
    apiResources: [{ name: 'api', scopes: ['api1', 'api2'], userClaims: ['extra_claim'] }],
  },
}

function answerTo(entry: ResourceCase, world: PeopleWorld) {
  const { prior, storedRefreshToken } = entry.request
  if (storedRefreshToken !== undefined) return refreshStored(entry, world)
  return typeof prior === 'string' ? stories[prior]?.(world) : perform(entry.request, world.start())
}

/** Cases of `grant_type=refresh_token`. */
export const runRefresh: CaseRunner = async (entry, expected, mode) => {
  if (entry.request.prior === 'code flow') {
    await runSession(entry, expected, mode)
    return
  }
  const config = { ...entry.config, ...wanted[entry.id] }
  const response = await answerTo({ ...entry, config }, createPeopleWorld(config, mode))
  if (response === undefined) throw new Error('nobody knows what comes before')
  compareTokenResponse(response, expected)
}
