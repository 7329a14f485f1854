import { describe, expect, it } from 'vitest'
import { describeAdapter } from '../../node/test/support/describe-adapter.js'
import { bailiwick } from '../src/index.js'
import { serveFetch } from './support/serve-fetch.js'

describeAdapter('fetch', (handle) => serveFetch(bailiwick(handle)), { remoteAddress: /^unknown$/ })

describeAdapter(
  'fetch below a path',
  (handle) => serveFetch(bailiwick(handle, { mountPath: '/as' })),
  {
    mountPath: '/as',
    remoteAddress: /^unknown$/,
  },
)
describeAdapter(
  'fetch behind a trusted proxy',
  (handle) =>
    serveFetch(
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
