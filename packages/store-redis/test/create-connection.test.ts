import { expect, it } from 'vitest'
import { createConnection } from '../src/create-connection.js'
import type { Link } from '../src/open-link.js'

/** Links that do what a test says, and those that were opened. */
function createLinks() {
  const opened: { readonly lose: () => void; isDestroyed: boolean }[] = []
  const open = async (onLoss: () => void): Promise<Link> => {
    const state = { lose: onLoss, isDestroyed: false }
    opened.push(state)
    return {
      isUsable: () => true,
      send: async (_key, [answer]) => answer,
      close: async () => undefined,
      destroy() {
        state.isDestroyed = true
      },
    }
  }
  return { opened, connection: createConnection({ open, timeout: 3 }) }
}

it('shares one link', async () => {
  const { opened, connection } = createLinks()
  const answers = await Promise.all(['a', 'b'].map((name) => connection.send('key', [name])))
  expect(answers).toEqual(['a', 'b'])
  expect(opened).toHaveLength(1)
})

it('replaces a link that has lost a connection, before somebody needs it', async () => {
  const { opened, connection } = createLinks()
  await connection.send('key', ['a'])
  opened[0]?.lose()
  expect(opened).toHaveLength(2)
  await connection.send('key', ['a'])
  await expect.poll(() => opened.map(({ isDestroyed }) => isDestroyed)).toEqual([true, false])
})

it('does not replace one link after the other when a node stays away', async () => {
  const { opened, connection } = createLinks()
  for (let round = 0; round < 20; round += 1) {
    await connection.send('key', ['a'])
    opened.at(-1)?.lose()
  }
  expect(opened.length).toBeLessThan(5)
})

it('leaves alone what a link that is replaced says', async () => {
  const { opened, connection } = createLinks()
  await connection.send('key', ['a'])
  await connection.close()
  opened[0]?.lose()
  expect(opened).toHaveLength(1)
})
