import { expect } from 'vitest'
import { bodyOf, get } from '../support/server.js'
import type { CaseConfig, CaseRunner } from './cases.js'
import { compareFacts, sorted } from './compare.js'
import { listening } from './listening-profile.js'
import { createPeopleWorld, perform } from './people-world.js'
import type { Stage } from './people-world.js'

const askUserinfo = ({ server }: Stage, accessToken: unknown) =>
  get(server, '/userinfo', { authorization: `Bearer ${String(accessToken)}` })

const tokenFor = async (stage: Stage, scope: string): Promise<unknown> =>
  bodyOf(await stage.token({ grant_type: 'custom', scope }))['access_token']

/** Cases at the userinfo endpoint. */
export const runUserinfo: CaseRunner = async ({ config, request }, expected, mode) => {
  const { prior } = request
  if (typeof prior !== 'object') throw new Error('nothing comes before')
  const stage = createPeopleWorld(config, mode).start()
  const { access_token: token } = bodyOf(await perform(prior, stage))
  const response = await askUserinfo(stage, token)
  const body = bodyOf(response)
  const { claimTypes, ...others } = expected
  compareFacts(
    { ...others, ...(claimTypes !== undefined && { claimTypes: sorted(claimTypes) }) },
    {
      status: response.status,
      error: body['error'],
      claimTypes: sorted(Object.keys(body)),
    },
  )
}

/** Which claims are asked for when some of the token's scopes have been disabled or removed since it was issued. */
const runUserinfoScopes: CaseRunner = async ({ config, request }, expected, mode) => {
  const { identityResources = [] } = config
  const { tokenScopes = [] } = request
  const withOpenid = (entries: NonNullable<CaseConfig['identityResources']>): CaseConfig => ({
    identityResources: ['openid', ...entries],
    client: { allowedScopes: [] },
  })
  const world = createPeopleWorld(withOpenid(tokenScopes), mode)
  const before = world.start({ client: { allowedScopes: ['openid', ...tokenScopes] } })
  const token = await tokenFor(before, ['openid', ...tokenScopes].join(' '))
  const { asked, profile } = listening({})
  const response = await askUserinfo(world.start(withOpenid(identityResources), { profile }), token)
  expect(response.status).toBe(200)
  compareFacts(expected, { requestedClaimTypes: asked.flatMap(({ claimNames }) => claimNames) })
}

/** What userinfo answers when the profile service names somebody else. */
const runUserinfoSubject: CaseRunner = async (_, expected, mode) => {
  const world = createPeopleWorld({ identityResources: ['openid', 'email'] }, mode)
  const stage = world.start(
    {},
    { profile: listening({ sub: 'alice', email: 'bob@example.com' }).profile },
  )
  const response = await askUserinfo(stage, await tokenFor(stage, 'openid email'))
  const { status } = response
  compareFacts(expected, { status, throws: status >= 400, ...bodyOf(response) })
}

/** The cases of the response generator have no names but what they are about. */
export const runUserinfoUnit: CaseRunner = (entry, expected, mode) =>
  entry.request.tokenScopes === undefined
    ? runUserinfoSubject(entry, expected, mode)
    : runUserinfoScopes(entry, expected, mode)
