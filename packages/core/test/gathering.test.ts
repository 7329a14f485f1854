import { expect, it } from 'vitest'
import { askTogether } from '../../../tests/support/ask-together.js'
import { testServer } from './support/server.js'

it('takes up requests that arrive together when all of them have been read', async () => {
  const server = testServer()
  const statuses: (number | undefined)[] = []
  const steps = await askTogether({
    paths: ['/.well-known/openid-configuration', '/.well-known/jwks.json'],
    work: async ({ url = '/' }) => {
      const response = await server.handle({
        method: 'GET',
        url,
        headers: {},
        body: async () => '',
      })
      statuses.push(response?.status)
    },
  })
  expect(statuses).toEqual([200, 200])
  expect(steps.map((step) => step.split(' ', 1)[0])).toEqual(['read', 'read', 'done', 'done'])
})
