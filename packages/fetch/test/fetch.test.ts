import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { describe, expect, it } from 'vitest'
import { describeAdapter } from '../../node/test/support/describe-adapter.js'
import { bailiwick } from '../src/index.js'

const serverOf = (fetch: (request: Request) => Promise<Response>): Server =>
  createServer(getRequestListener(fetch))

describeAdapter('fetch', (handle) => serverOf(bailiwick(handle)), { remoteAddress: /^unknown$/ })

describeAdapter(
  'fetch below a path',
  (handle) => serverOf(bailiwick(handle, { mountPath: '/as' })),
  {
    mountPath: '/as',
    remoteAddress: /^unknown$/,
  },
)
describeAdapter(
  'fetch behind a trusted proxy',
  (handle) =>
    serverOf(
      bailiwick(handle, {
        remoteAddress: ({ headers }) => headers.get('x-forwarded-for') ?? undefined,
      }),
    ),
  { remoteAddress: /^203\.0\.113\.7$/ },
)

describe('bailiwick on fetch', () => {
  const answer = bailiwick(async ({ url }) => ({ status: 200, headers: {}, body: url }), {
    mountPath: '/as',
    fallback: () => new Response('mine'),
  })
  it.each([
    ['/as/token?x=1', '/token?x=1'],
    ['/asx', 'mine'],
    ['/token', 'mine'],
  ])('answers %s', async (path, text) => {
    expect(await (await answer(new Request(`http://localhost${path}`))).text()).toBe(text)
  })
})
