import { verify } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createWorld } from '../support/world.js'
import type { World } from '../support/world.js'

vi.mock('node:crypto', { spy: true })

const checks = vi.mocked(verify)

const tokensOf = ({ token }: World, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => token({ jti: `token-${index}`, exp: 1_900_000_000 }))

async function accept(world: World, tokens: readonly string[]): Promise<void> {
  for (const token of tokens) expect(await world.outcome(token)).toBe('alice')
}

describe('verifiedCache', () => {
  beforeEach(() => {
    checks.mockClear()
  })

  it('is off unless it is asked for', async () => {
    for (const options of [{}, { verifiedCache: false as const }]) {
      checks.mockClear()
      const world = createWorld(options)
      const [token = ''] = tokensOf(world, 1)
      await accept(world, [token, token])
      expect(checks).toHaveBeenCalledTimes(2)
    }
  })

  it('has a signature checked once, and again after its time', async () => {
    const world = createWorld({ verifiedCache: { ttl: 60 } })
    const [token = ''] = tokensOf(world, 1)
    await accept(world, [token, token])
    world.pass(59)
    await accept(world, [token])
    expect(checks).toHaveBeenCalledTimes(1)
    world.pass(1)
    await accept(world, [token])
    expect(checks).toHaveBeenCalledTimes(2)
  })

  it('has a signature checked again when the keys were loaded anew', async () => {
    const world = createWorld({ verifiedCache: { ttl: 3600 } })
    const [token = ''] = tokensOf(world, 1)
    await accept(world, [token, token])
    world.pass(601)
    await accept(world, [token, token])
    expect(checks).toHaveBeenCalledTimes(2)
  })

  it('forgets the token that was not used for longest when there are too many', async () => {
    const world = createWorld({ verifiedCache: { max: 2 } })
    const [first = '', second = '', third = ''] = tokensOf(world, 3)
    await accept(world, [first, second, first, third])
    expect(checks).toHaveBeenCalledTimes(3)
    await accept(world, [first, third])
    expect(checks).toHaveBeenCalledTimes(3)
    await accept(world, [second])
    expect(checks).toHaveBeenCalledTimes(4)
  })

  it('is empty when the API was closed', async () => {
    const world = createWorld({ verifiedCache: {} })
    const tokens = tokensOf(world, 2)
    await accept(world, [...tokens, ...tokens])
    expect(checks).toHaveBeenCalledTimes(2)
    await world.api.close()
    await accept(world, tokens)
    expect(checks).toHaveBeenCalledTimes(4)
  })

  it('remembers no token that was refused', async () => {
    const world = createWorld({ verifiedCache: {} })
    const refused = world.token({ aud: 'https://other.example' })
    expect(await world.outcome(refused)).toBe('wrong_audience')
    expect(await world.outcome(refused)).toBe('wrong_audience')
    expect(checks).toHaveBeenCalledTimes(2)
  })
})
