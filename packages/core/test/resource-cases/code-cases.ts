import type { HttpResponse } from '@bailiwick/protocol'
import { expect } from 'vitest'
import { challenge, verifier } from '../support/people.js'
import type { Query } from '../support/people.js'
import type { CaseRunner, ResourceCase, StoredGrant } from './cases.js'
import { sentParameters } from './parameters.js'
import { codeOf, createPeopleWorld, perform, storeCode, withdrawal } from './people-world.js'
import type { PeopleWorld, Stage } from './people-world.js'
import { compareTokenResponse } from './token-cases.js'
import { clientOf } from './world.js'

/** What is stored where a case speaks of a code that is good but for one thing. */
const goodCode: StoredGrant = { scopes: ['openid', 'resource'] }

const redeem = (stage: Stage, code: string, { config }: PeopleWorld, changes: Query = {}) =>
  stage.token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: clientOf(config).redirectUri,
    ...changes,
  })

const codeFor = async (stage: Stage, query: Query = {}): Promise<string> =>
  codeOf(await storeCode(goodCode, stage, query))

const pkce: Query = { code_challenge: challenge, code_challenge_method: 'S256' }

/** Redeems a good code, with what differs in the parameters. */
const redeemWith =
  (changes: Query) =>
  async (world: PeopleWorld): Promise<HttpResponse> => {
    const stage = world.start()
    return redeem(stage, await codeFor(stage), world, changes)
  }

/** What makes a good code, or the request with it, a bad one. */
const situations: Readonly<Record<string, (world: PeopleWorld) => Promise<HttpResponse>>> = {
  'no code parameter': redeemWith({ code: undefined }),
  'unknown code': redeemWith({ code: 'unknown' }),
  'code longer than 100 characters': redeemWith({ code: 'x'.repeat(101) }),
  'redirect_uri omitted': redeemWith({ redirect_uri: undefined }),
  async 'client lacks the grant'(world) {
    const code = await codeFor(world.start())
    const client = { ...world.config.client, grants: ['client_credentials'] }
    return redeem(world.start({ client }), code, world)
  },
  async 'code expired'(world) {
    const stage = world.start()
    const code = await codeFor(stage)
    world.pass(60)
    return redeem(stage, code, world)
  },
  async 'second redemption'(world) {
    const stage = world.start()
    const code = await codeFor(stage)
    await redeem(stage, code, world)
    return redeem(stage, code, world)
  },
  async 'profile service says user inactive'(world) {
    const code = await codeFor(world.start())
    const profile = { claims: async () => ({}), isActive: async () => false }
    return redeem(world.start({}, { profile }), code, world)
  },
  async 'verifier present but code has no challenge'(world) {
    const code = await codeFor(
      world.start({ client: { ...world.config.client, requirePkce: false } }),
    )
    return redeem(world.start(), code, world, { code_verifier: verifier })
  },
  async 'wrong verifier'(world) {
    const stage = world.start()
    return redeem(stage, await codeFor(stage, pkce), world, { code_verifier: 'x'.repeat(43) })
  },
}

/** Makes sure that it is the situation and nothing else that a code is refused for. */
async function expectGoodCode(world: PeopleWorld): Promise<void> {
  const stage = world.start()
  const isPkce = world.config.client?.requirePkce === true
  const code = await codeFor(stage, isPkce ? pkce : {})
  const response = await redeem(stage, code, world, isPkce ? { code_verifier: verifier } : {})
  expect(response.status).toBe(200)
}

async function answerTo({ config, request }: ResourceCase, world: PeopleWorld) {
  const { situation, storedCode, params = {} } = request
  if (situation !== undefined) {
    await expectGoodCode(world)
    return situations[situation]?.(world)
  }
  if (storedCode === undefined) return perform(request, world.start())
  const code = codeOf(await storeCode(storedCode, world.start()))
  return world.start(withdrawal(config, request)).token({ ...sentParameters(params), code })
}

/** Cases of `grant_type=authorization_code`. */
export const runCodeRedemption: CaseRunner = async (entry, expected, mode) => {
  const response = await answerTo(entry, createPeopleWorld(entry.config, mode))
  if (response === undefined) throw new Error(`no situation '${entry.request.situation ?? ''}'`)
  compareTokenResponse(response, expected)
}
