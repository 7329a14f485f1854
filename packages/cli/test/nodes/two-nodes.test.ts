import { describe, expect, it } from 'vitest'
import type { RunningServer } from '../support/start-server.js'
import { countFamilies, countRecords, createNodes, redeemAt, refreshAt } from '../support/nodes.js'
import { hasDatabase } from '../../../store-postgres/test/support/find-database.js'
import { temporaryDatabase } from '../../../store-postgres/test/support/temporary-database.js'
import { sayNotChecked } from '../../../../tests/support/say-not-checked.js'

sayNotChecked(hasDatabase, 'PostgreSQL: set DATABASE_URL')

const emptyDatabase = async (): Promise<string> => (await temporaryDatabase()).url

async function startTwo() {
  const connectionString = await emptyDatabase()
  const nodes = await createNodes({ connectionString })
  const [one, other] = await Promise.all([nodes.start(), nodes.start()])
  return { ...nodes, one, other, connectionString }
}

describe.runIf(hasDatabase)('two processes on one PostgreSQL', { timeout: 120_000 }, () => {
  it('act as one: what the one issues the other takes', async () => {
    const { one, other, code } = await startTwo()
    const issued = await code()
    const first = await redeemAt(one, issued)
    expect(first).toMatchObject({ status: 200, body: { scope: 'openid read offline_access' } })
    const second = await refreshAt(other, first.body['refresh_token'])
    expect(second.status).toBe(200)
    const third = await refreshAt(one, second.body['refresh_token'])
    expect(third.status).toBe(200)
    expect(await redeemAt(other, issued)).toMatchObject({ body: { error: 'invalid_grant' } })
    expect(await refreshAt(one, third.body['refresh_token'])).toMatchObject({
      body: { error: 'invalid_grant' },
    })
  })

  it('make one key, though both start on an empty database at once', async () => {
    const connectionString = await emptyDatabase()
    const { start } = await createNodes({ connectionString })
    const nodes = await Promise.all([start(), start(), start()])
    expect(await countRecords(connectionString, 'signing_key')).toBe(1)
    const published = await Promise.all(
      nodes.map(async ({ url }) => (await fetch(`${url}/.well-known/jwks.json`)).text()),
    )
    expect(new Set(published).size).toBe(1)
  })

  it('have one winner when both get the same code at once', async () => {
    const { one, other, code } = await startTwo()
    for (let round = 0; round < 20; round += 1) {
      const issued = await code()
      const answers = await Promise.all([one, other].map((node) => redeemAt(node, issued)))
      expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '400'])
    }
  })

  it('have one successor when both get the same refresh token at once', async () => {
    const { one, other, code, connectionString } = await startTwo()
    let { refresh_token: token } = (await redeemAt(one, await code())).body
    for (let round = 0; round < 50; round += 1) {
      const answers = await Promise.all([one, other].map((node) => refreshAt(node, token)))
      const successors = new Set(answers.map(({ body }) => body['refresh_token']))
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      expect(successors.size).toBe(1)
      token = answers[0]?.body['refresh_token']
    }
    expect(await countFamilies(connectionString)).toBe(1)
  })
})

const count = 200

/** Uses a token at the first of these nodes that answers. */
async function refreshSomewhere(
  [node, ...others]: readonly RunningServer[],
  token: unknown,
): Promise<{ readonly wasLost: boolean; readonly next: unknown }> {
  if (node === undefined) throw new Error('no node answers')
  try {
    const { status, body } = await refreshAt(node, token)
    if (status === 200) return { wasLost: false, next: body['refresh_token'] }
    throw new Error(`${status} ${JSON.stringify(body)}`)
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error
    return { ...(await refreshSomewhere(others, token)), wasLost: true }
  }
}

describe.runIf(hasDatabase)('one of two processes is killed', { timeout: 120_000 }, () => {
  it.each(['one', 'other'] as const)(
    'in the middle of 200 refreshes, and no grant is lost or forked: %s',
    async (victim) => {
      const { one, other, code, connectionString } = await startTwo()
      const codes = await Promise.all(Array.from({ length: count }, code))
      const redeemed = await Promise.all(codes.map((issued) => redeemAt(one, issued)))
      const [killed, survivor] = victim === 'one' ? [one, other] : [other, one]

      let answered = 0
      const results = await Promise.all(
        redeemed.map(async ({ body }, index) => {
          const nodes = index % 2 === 0 ? [killed, survivor] : [survivor]
          const result = await refreshSomewhere(nodes, body['refresh_token'])
          answered += 1
          if (answered === 20) killed.kill('SIGKILL')
          return result
        }),
      )
      expect(await killed.exited).toBe('SIGKILL')
      expect(results.filter(({ wasLost }) => wasLost).length).toBeGreaterThan(0)

      const again = await Promise.all(results.map(({ next }) => refreshAt(survivor, next)))
      expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]))
      expect(await countFamilies(connectionString)).toBe(count)
    },
  )
})
