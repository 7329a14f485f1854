import { afterAll, beforeAll, expect, it } from 'vitest'
import { blockOf, readText, runBlocks } from './support/running-blocks.js'
import type { RunningBlocks } from './support/running-blocks.js'

const text = readText('docs/guides/administration.md')

let blocks: RunningBlocks
beforeAll(async () => {
  blocks = await runBlocks({ 5001: blockOf(text, 'administration.ts') })
})
afterAll(() => blocks.stop())

const ask = async (method: string, headers = {}): Promise<readonly [number, unknown]> => {
  const url = `http://127.0.0.1:${blocks.portOf(5001)}/admin/users/alice`
  const response = await fetch(url, { method, headers })
  return [response.status, response.ok ? await response.json() : undefined]
}

it('docs/guides/administration.md: shows and ends what a user has, to administrators only', async () => {
  const authorization = 'Bearer of-an-administrator'
  expect(await ask('DELETE')).toEqual([401, undefined])
  expect(await ask('GET', { authorization })).toEqual([200, { sessions: [], grants: [] }])
  expect(await ask('DELETE', { authorization })).toEqual([200, { sessions: 0, grants: 0 }])
})
