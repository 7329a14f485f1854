import { expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import { removeTokens } from '../../src/tokens/remove-tokens.js'

it.each([{}, { family: undefined as never }])(
  'removing tokens needs a filter: %o',
  async (filter) => {
    const store = createMemoryStore()
    await expect(removeTokens(filter, { store })).rejects.toThrow(TypeError)
  },
)
