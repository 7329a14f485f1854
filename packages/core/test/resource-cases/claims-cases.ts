import type { ResourceDefinitions } from '@bailiwick/protocol'
import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { defaultGrants } from '../../src/index.js'
import type {
  AuthenticatedUser,
  AuthorizationServerOptions,
  Client,
  CompatibilityName,
  ProfileRequest,
} from '../../src/index.js'
import { withExplanations } from '../support/explains-as-issued.js'
import { bodyOf, client, post, testServer, userGrant } from '../support/server.js'
import type { CaseExpectation } from './cases.js'
import { asList, compareMembers, sorted } from './compare.js'

interface ClaimsWorld {
  readonly scope: string
  readonly resources: ResourceDefinitions
  readonly client?: Partial<Client>
  /** `undefined`: no user. */
  readonly user?: AuthenticatedUser | undefined
  readonly profile?: Readonly<Record<string, unknown>>
  readonly options?: Partial<AuthorizationServerOptions>
}

const bob: AuthenticatedUser = {
  subject: 'bob',
  identityProvider: 'idp',
  amr: ['pwd'],
  acr: 'acr1',
}
const someClaim = { claims: { some_claim: 'some_claim_value' } }
const oneApi: ResourceDefinitions = { apiScopes: ['api1'] }

/** Issues a token in a world, and tells which claims the profile service was asked for. */
async function issue(world: ClaimsWorld, compatibility: CompatibilityName) {
  const asked: ProfileRequest[] = []
  const user = 'user' in world ? world.user : bob
  const names = [
    ...(world.resources.identityResources ?? []),
    ...(world.resources.apiScopes ?? []),
  ].map((entry) => (typeof entry === 'string' ? entry : entry.name))
  const server = testServer({
    resources: world.resources,
    grants: [...defaultGrants, userGrant(user)],
    clients: [
      {
        ...client,
        allowedGrantTypes: ['urn:example:user'],
        allowedScopes: names,
        allowOfflineAccess: true,
        ...someClaim,
        ...world.client,
      },
    ],
    profile: {
      claims: async (request) => {
        asked.push(request)
        return world.profile ?? {}
      },
    },
    compatibility,
    ...world.options,
  })
  const response = await post(withExplanations(server), {
    grant_type: 'urn:example:user',
    scope: world.scope,
  })
  const body = bodyOf(response)
  const token = body['access_token']
  return {
    error: body['error'],
    claims: typeof token === 'string' ? decodeJwt(token) : {},
    asked: asked.flatMap(({ claimNames }) => claimNames),
  }
}

type Outcome = Awaited<ReturnType<typeof issue>>

function compare({ claims, asked, error }: Outcome, expected: CaseExpectation): void {
  const list = (value: unknown): readonly unknown[] => expect.arrayContaining([...asList(value)])
  const scopes = asList(claims['scope'])
  const written = Object.entries(claims).map(([name, value]) => `${name}=${String(value)}`)
  const excludes = (entries: readonly unknown[]) => (value: unknown) => {
    for (const absent of asList(value)) expect(entries).not.toContain(absent)
  }
  compareMembers(
    { error: undefined, ...expected },
    {
      error: (value) => expect(error).toBe(value),
      client_id: (value) => expect(claims['client_id']).toBe(value),
      // How many of the claim that the case is about: a client id.
      count: (value) => expect([claims['client_id']].flat()).toHaveLength(Number(value)),
      aud: (value) => expect(claims.aud ?? null).toEqual(value),
      sid: (value) => expect(claims['sid']).toBe(value),
      scope: (value) => expect(scopes).toEqual(asList(value)),
      scopeSet: (value) => expect(sorted(scopes)).toEqual(sorted(value)),
      scopeExcludes: excludes(scopes),
      includes: (value) => expect(written).toEqual(list(value)),
      excludes: excludes(written),
      requestedClaimTypesInclude: (value) => expect(asked).toEqual(list(value)),
      requestedClaimTypesExclude: excludes(asked),
    },
  )
}

const run =
  (world: ClaimsWorld) =>
  async (expected: CaseExpectation, mode: CompatibilityName): Promise<void> => {
    compare(await issue(world, mode), expected)
  }

/** The cases of the claims and token services, asked through the token endpoint. */
export const claimsCases: Readonly<Record<string, ReturnType<typeof run>>> = {
  'clm-06': run({ scope: 'api1', resources: oneApi }),
  'clm-08': run({
    scope: 'api1',
    resources: oneApi,
    user: undefined,
    client: { clientClaimsPrefix: 'custom_prefix_' },
  }),
  'clm-10': run({
    scope: 'api1',
    resources: oneApi,
    client: { alwaysSendClientClaims: true, clientClaimsPrefix: '' },
  }),
  'clm-11': run({
    scope: 'id1 id2 api1 api2',
    resources: {
      identityResources: [
        { name: 'id1', userClaims: ['c1'] },
        { name: 'id2', userClaims: ['c2'] },
      ],
      apiScopes: ['api1', 'api2'],
    },
  }),
  'clm-14': run({
    scope: 'api2',
    resources: oneApi,
    options: {
      scopeParser: (value) => ({ kind: 'scope', scope: { value, name: 'api1' } }),
    },
  }),
  'clm-15': run({
    scope: 'resource',
    resources: {
      apiScopes: ['resource'],
      apiResources: ['api1', 'api2', 'api3'].map((name) => ({ name, scopes: ['resource'] })),
    },
  }),
  'clm-17': run({ scope: 'api1 offline_access', resources: oneApi, user: undefined }),
  'clm-18': run({
    scope: 'id api1',
    resources: {
      identityResources: [{ name: 'id', userClaims: ['foo'] }],
      apiScopes: ['api1'],
      apiResources: [{ name: 'api', scopes: ['api1'], userClaims: ['bar'] }],
    },
  }),
  'clm-19': run({
    scope: 'api1',
    resources: { apiScopes: [{ name: 'api1', userClaims: ['aud', 'name'] }] },
    profile: { aud: 'bar', name: 'Bob' },
  }),
  'clm-20': run({
    scope: 'api1',
    resources: { apiScopes: [{ name: 'api1', userClaims: ['foo'] }] },
  }),
  'tkn-02': run({ scope: 'scope1', resources: { apiScopes: ['scope1', 'scope2', 'scope3'] } }),
  'tkn-03': run({ scope: 'api1', resources: oneApi, user: { ...bob, sessionId: '123' } }),
}
