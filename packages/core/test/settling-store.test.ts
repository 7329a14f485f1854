import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../src/index.js'
import type { Client, Store } from '../src/index.js'
import { outage } from './support/failing-store.js'
import {
  authorizeWith,
  peopleServer,
  redeem,
  refresh,
  signInAndRedeem,
  web,
} from './support/people.js'
import { bodyOf, now } from './support/server.js'

/** How many of the next writes are carried out and not answered, after how many that are. */
interface Losses {
  after: number
  count: number
}

/** A store whose connection breaks after it has written and before it can say so. */
function createForgetfulStore(memory: Store = createMemoryStore({ now: () => now })): {
  readonly store: Store
  readonly losses: Losses
} {
  const losses: Losses = { after: 0, count: 0 }
  async function written<Answer>(write: () => Promise<Answer>): Promise<Answer> {
    const answer = await write()
    if (losses.after > 0) losses.after -= 1
    else if (losses.count > 0) {
      losses.count -= 1
      throw outage
    }
    return answer
  }
  return {
    losses,
    store: {
      ...memory,
      insert: (record) => written(() => memory.insert(record)),
      replace: (record) => written(() => memory.replace(record)),
    },
  }
}

const rotating: Client = { ...web, refreshTokenUsage: 'oneTimeOnly', refreshTokenReuseInterval: 0 }

const scope = 'openid read offline_access'

const familiesIn = async (store: Store): Promise<number> =>
  (await store.list({ kind: 'refresh_token' }, { limit: 10 })).records.length

describe.each([0, 1])('a store that writes without an answer, after %i writes', (after) => {
  it('costs no code, and makes one family of refresh tokens', async () => {
    const { store, losses } = createForgetfulStore()
    const server = peopleServer({ store, clients: [rotating] })
    const answer = await authorizeWith(server, { scope })
    Object.assign(losses, { after, count: 1 })
    const response = await redeem(server, answer.searchParams.get('code'))
    expect({ status: response.status, left: losses.count }).toEqual({ status: 200, left: 0 })
    expect(await familiesIn(store)).toBe(1)
    expect((await refresh(server, bodyOf(response)['refresh_token'])).status).toBe(200)
  })
})

it('costs no refresh token when a store writes without an answer', async () => {
  const { store, losses } = createForgetfulStore()
  const server = peopleServer({ store, clients: [rotating] })
  const { refresh_token: first } = await signInAndRedeem(server, { scope })
  losses.count = 1
  const response = await refresh(server, first)
  expect({ status: response.status, left: losses.count }).toEqual({ status: 200, left: 0 })
  expect((await refresh(server, bodyOf(response)['refresh_token'])).status).toBe(200)
  expect((await refresh(server, first)).status).toBe(400)
})

it('takes nothing that somebody else has written for its own', async () => {
  const memory = createMemoryStore({ now: () => now })
  const nodes = [createForgetfulStore(memory), createForgetfulStore(memory)].map(
    ({ store, losses }) => ({ losses, server: peopleServer({ store, clients: [rotating] }) }),
  )
  const { refresh_token: first } = await signInAndRedeem(peopleServer({ store: memory }), { scope })
  for (const { losses } of nodes) losses.count = 1
  const answers = await Promise.all(nodes.map(({ server }) => refresh(server, first)))
  expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '400'])
  expect(nodes.map(({ losses }) => losses.count)).toEqual([0, 0])
})

it('leaves one family when a code is redeemed again after the store was away in the middle', async () => {
  const memory = createMemoryStore({ now: () => now })
  let isAway = false
  const replace: Store['replace'] = async (record) => {
    if (isAway) throw outage
    return memory.replace(record)
  }
  const store = { ...memory, replace }
  const server = peopleServer({ store, clients: [rotating] })
  const code = (await authorizeWith(server, { scope })).searchParams.get('code')
  isAway = true
  expect((await redeem(server, code)).status).toBe(503)
  isAway = false
  const response = await redeem(server, code)
  expect(response.status).toBe(200)
  expect(await familiesIn(store)).toBe(1)
  expect((await refresh(server, bodyOf(response)['refresh_token'])).status).toBe(200)
})
