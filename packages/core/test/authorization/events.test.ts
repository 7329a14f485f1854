import { expect, it } from 'vitest'
import type { ServerEvent } from '../../src/index.js'
import {
  authorizeWith,
  createBrowser,
  peopleServer,
  redeem,
  refresh,
  signInAndRedeem,
} from '../support/people.js'

/** A server, and what it reports of the kinds that this is about. */
function watched(...types: readonly ServerEvent['type'][]) {
  const events: ServerEvent[] = []
  const server = peopleServer({
    onEvent: (event) => {
      if (types.includes(event.type)) events.push(event)
    },
  })
  return { server, events }
}

it('reports who signs in, and who is signed out by it', async () => {
  const { server, events } = watched('signed_in', 'signed_out')
  const browser = createBrowser(server)
  await authorizeWith(server, {}, { browser })
  const alice = await server.sessions.find({ headers: browser.headers() })
  await authorizeWith(server, { prompt: 'login' }, { browser, login: { subject: 'bob' } })
  const bob = await server.sessions.find({ headers: browser.headers() })
  expect(events).toEqual([
    { type: 'signed_in', subject: 'alice', sessionId: alice?.sessionId },
    { type: 'signed_in', subject: 'bob', sessionId: bob?.sessionId },
    { type: 'signed_out', subject: 'alice', sessionId: alice?.sessionId },
  ])
})

it('reports a code that is used twice', async () => {
  const { server, events } = watched('replay_detected')
  const code = (await authorizeWith(server)).searchParams.get('code')
  await redeem(server, code)
  expect(events).toEqual([])
  await redeem(server, code)
  expect(events).toEqual([
    {
      type: 'replay_detected',
      credential: 'authorization_code',
      clientId: 'web',
      subject: 'alice',
    },
  ])
})

it('reports a refresh token that is used after it was replaced', async () => {
  const { server, events } = watched('replay_detected')
  const asSpa = { client_id: 'spa' }
  const tokens = await signInAndRedeem(server, { scope: 'read offline_access', ...asSpa })
  await refresh(server, tokens['refresh_token'], asSpa)
  await refresh(server, tokens['refresh_token'], asSpa)
  expect(events).toEqual([
    { type: 'replay_detected', credential: 'refresh_token', clientId: 'spa', subject: 'alice' },
  ])
})
