import type { StoreRecord } from '@bailiwick/core'
import { expect, it } from 'vitest'
import { entryKeys, place } from '../src/index-entry.js'
import { createRecordIndex } from '../src/record-index.js'
import { recordSteps } from '../src/record-steps.js'
import { walkIndex } from '../src/walk-index.js'

const record: StoreRecord = {
  kind: 'session',
  id: 'a',
  subject: 'alice',
  expiresAt: 4_102_444_800,
  version: 0,
  data: null,
}
const placement = place(record)

/** A server that has nothing and fails about some keys, and what was asked of it. */
function createServer(failing = /^$/) {
  const asked: string[] = []
  const send = async (key: string, [name = '']: readonly string[]): Promise<unknown> => {
    asked.push(`${name} ${key.replace(/:[0-9a-f]$/, '')}`)
    if (failing.test(key)) throw new Error('no answer')
    return []
  }
  return {
    asked,
    send,
    keys: entryKeys('p'),
    runScript: async (_script: unknown, key: string): Promise<unknown> => send(key, ['EVALSHA']),
    now: () => 1000,
  }
}

it('writes no entry that the queue does not know of', async () => {
  const server = createServer(/expiring/)
  await expect(createRecordIndex(server).add(placement)).rejects.toThrow('no answer')
  expect(server.asked).toEqual(['EVALSHA p:expiring'])
})

it('keeps in the queue what it could not delete', async () => {
  const server = createServer(/subject/)
  await createRecordIndex(server).drop(placement)
  expect(server.asked).toEqual(['ZREM p:by:kind:session', 'ZREM p:by:subject:"alice"'])
})

it('writes no record without its entries', async () => {
  const server = createServer(/subject/)
  const { insert } = recordSteps({
    ...server,
    index: createRecordIndex(server),
    walk: (search) => walkIndex(search, server),
    keyOf: ({ id }) => id,
  })
  await expect(insert(record)).rejects.toThrow('no answer')
  expect(server.asked).toEqual([
    'EVALSHA p:expiring',
    'ZADD p:by:kind:session',
    'ZADD p:by:subject:"alice"',
  ])
})

it('searches the smallest index that has everything', async () => {
  const sizes: Readonly<Record<string, number>> = {
    'p:by:kind:session': 1_000_000,
    'p:by:subject:"alice"': 3,
    'p:by:clientId:"web"': 1000,
  }
  const searched: string[] = []
  const send = async (key: string, [name = '']: readonly string[]): Promise<unknown> => {
    if (name === 'ZCARD') return sizes[key]
    searched.push(key)
    return []
  }
  const filter = { kind: 'session', subject: 'alice', clientId: 'web' } as const
  const found = []
  for await (const entries of walkIndex({ filter }, { ...createServer(), send })) {
    found.push(...entries)
  }
  expect(found).toEqual([])
  expect(searched).toEqual(['p:by:subject:"alice"'])
})
