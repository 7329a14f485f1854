import type { HttpResponse } from '@bailiwick/protocol'
import type { CompatibilityName } from '../../src/index.js'
import { bodyOf } from '../support/server.js'
import type { CaseClient, CaseConfig, CaseRunner } from './cases.js'
import { compareFacts } from './compare.js'
import { createPeopleWorld } from './people-world.js'
import type { PeopleWorld } from './people-world.js'
import { codeFlow, refreshWith, tokenIn } from './refresh-cases.js'

const scopes: readonly string[] = ['api1']

/** The world of a client that may have refresh tokens, as far as its case does not say more. */
const worldOf = (config: CaseConfig, mode: CompatibilityName): PeopleWorld =>
  createPeopleWorld(
    { apiScopes: scopes, ...config, client: { allowOfflineAccess: true, ...config.client } },
    mode,
  )

const firstToken = async ({ config, start }: PeopleWorld): Promise<string> =>
  tokenIn(await codeFlow({ scopes }, start(), config))

/** Refreshes with the client of the case, or with what it has become. */
const refresh = (
  { config, start }: PeopleWorld,
  token: string,
  changes: CaseClient = {},
): Promise<HttpResponse> => refreshWith(start({ client: { ...config.client, ...changes } }), token)

const errorOf = (response: HttpResponse): unknown => bodyOf(response)['error']

/** The refresh token after a use. */
const successor = async (world: PeopleWorld, token: string): Promise<string> =>
  tokenIn(await refresh(world, token))

/** How many seconds a token lasts, found by waiting a second longer each time, in a new world. */
async function lastsFor(
  make: () => Promise<readonly [PeopleWorld, string]>,
  seconds = 1,
): Promise<number> {
  const [world, token] = await make()
  world.pass(seconds)
  return (await refresh(world, token)).status === 200 ? lastsFor(make, seconds + 1) : seconds
}

type Facts = Readonly<Record<string, unknown>>
/** Does what a case says in worlds of its own; the client is what it is in the case in the end. */
type Unit = (create: () => PeopleWorld, client: CaseClient) => Promise<Facts>

const handleFact = (before: string, after: string): Facts => ({
  handle: before === after ? 'same' : 'new',
})

const absoluteLifetime = 30

/** Whether what comes after a token that was used after 5 seconds ends when the first would have ended. */
async function chainFacts(create: () => PeopleWorld): Promise<Facts> {
  const lasting = await lastsFor(async () => {
    const world = create()
    const first = await firstToken(world)
    world.pass(5)
    return [world, await successor(world, first)]
  })
  const copied = 5 + lasting === absoluteLifetime ? 'copied' : `${lasting} seconds`
  return { creationTime: copied, lifetime: copied }
}

/** What a use that replaces a token leaves of the old one and makes of the new one. */
async function replacementFacts(create: () => PeopleWorld): Promise<Facts> {
  const world = create()
  const first = await firstToken(world)
  const second = await successor(world, first)
  const { status } = await refresh(world, second)
  // It is known for one that was used, and not just unknown: that is what the reuse is noticed by.
  const isKept = String(bodyOf(await refresh(world, first))['error_description']).includes(
    'replaced before',
  )
  return {
    newHandle: status === 200 ? 'not consumed' : 'consumed',
    oldHandle: isKept ? 'kept, consumed time set' : 'gone',
    ...(await chainFacts(create)),
  }
}

const units: Readonly<Record<string, Unit>> = {
  async create(create) {
    return {
      lifetime: await lastsFor(async () => {
        const world = create()
        return [world, await firstToken(world)]
      }),
    }
  },
  async update(create) {
    const world = create()
    const first = await firstToken(world)
    return {
      ...handleFact(first, await successor(world, first)),
      ...(await replacementFacts(create)),
    }
  },
  async 'update at age 10s'(create) {
    // Our tokens of 10 seconds are over after 10 seconds, so the last second in which one is good is the ninth.
    const updated = async () => {
      const world = create()
      const first = await firstToken(world)
      world.pass(9)
      return { world, first, second: await successor(world, first) }
    }
    const { first, second } = await updated()
    const lasting = await lastsFor(async () => {
      const { world, second: token } = await updated()
      return [world, token]
    })
    return { ...handleFact(first, second), lifetime: `age + ${lasting} = ${9 + lasting}` }
  },
  async validate(create, client) {
    const world = create()
    const token = await firstToken(world)
    return { error: errorOf(await refresh(world, token, client)) }
  },
  async 'validate a token marked consumed'(create) {
    const world = create()
    const first = await firstToken(world)
    await successor(world, await successor(world, first))
    return { error: errorOf(await refresh(world, first)) }
  },
}

/** Cases of the refresh token service, by what a client sees of it. */
export const runRefreshTokenService: CaseRunner = async ({ config, request }, expected, mode) => {
  const unit = units[request.operation ?? '']
  if (unit === undefined) throw new Error(`no operation '${request.operation ?? ''}'`)
  const { client = {} } = config
  // Whoever gets a token is the usual client and may have one.
  const { id: _, allowOfflineAccess: __, ...lifetimes } = client
  const create = (): PeopleWorld =>
    worldOf({ ...config, client: { absolute: absoluteLifetime, ...lifetimes } }, mode)
  compareFacts(expected, await unit(create, client))
}
