import { expect, it } from 'vitest'
import { entryKeys, place } from '../src/index-entry.js'
import { createRecordIndex } from '../src/record-index.js'

const placement = place({
  kind: 'session',
  id: 'a',
  subject: 'alice',
  expiresAt: 4_102_444_800,
  version: 0,
  data: null,
})

/** An index whose server does not answer about some keys, and what was asked of it. */
function createIndex(failing: RegExp) {
  const asked: string[] = []
  const send = async (key: string, [name = '']: readonly string[]): Promise<unknown> => {
    asked.push(`${name} ${key.replace(/[0-9a-f]$/, '')}`)
    if (failing.test(key)) throw new Error('no answer')
    return []
  }
  const index = createRecordIndex({
    send,
    keys: entryKeys('p'),
    runScript: async (_script, key) => send(key, ['EVALSHA']),
    now: () => 1000,
  })
  return { index, asked }
}

it('writes no entry that the queue does not know of', async () => {
  const { index, asked } = createIndex(/expiring/)
  await expect(index.add(placement)).rejects.toThrow('no answer')
  expect(asked).toEqual(['EVALSHA p:expiring:'])
})

it('keeps in the queue what it could not delete', async () => {
  const { index, asked } = createIndex(/subject/)
  await index.drop(placement)
  expect(asked).toEqual(['ZREM p:by:kind:session', 'ZREM p:by:subject:"alice"'])
})
