import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import type { AuthorizationServer, Login } from '../../src/index.js'
import {
  answerAll,
  authorizationQuery,
  authorizeWith,
  createBrowser,
  createClock,
  interactionOf,
  peopleServer,
  redeem,
  web,
} from '../support/people.js'
import type { Query, TestBrowser } from '../support/people.js'
import { bodyOf } from '../support/server.js'

const asking = { ...web, requireConsent: true }

async function begin(browser: TestBrowser, changes: Query = {}): Promise<string> {
  const response = await browser.get(`/authorize?${authorizationQuery(changes)}`)
  return interactionOf(response) ?? ''
}

const bob: Login = { subject: 'bob' }

/** Brings an answer back, and gives who is asked what next. */
async function bringBack(
  server: AuthorizationServer,
  browser: TestBrowser,
  url: string,
): Promise<unknown> {
  const id = interactionOf(await browser.get(url)) ?? ''
  const interaction = await server.interactions.find(id)
  return { prompt: interaction?.prompt, subject: interaction?.user?.subject }
}

describe('an answer that one user gave, after another has signed in in the same browser', () => {
  it('is no consent of the other', async () => {
    const server = peopleServer({ clients: [asking] })
    const browser = createBrowser(server)
    await authorizeWith(server, {}, { browser })
    const id = await begin(browser, { scope: 'openid write' })
    const url = await server.interactions.consent(id, { scopes: ['openid', 'write'] })
    await authorizeWith(server, { prompt: 'login' }, { browser, login: bob })
    expect(await bringBack(server, browser, url)).toEqual({ prompt: 'consent', subject: 'bob' })
  })

  it('does not choose the account of the other', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    await authorizeWith(server, {}, { browser })
    const id = await begin(browser, { prompt: 'select_account' })
    const url = await server.interactions.continue(id)
    await authorizeWith(server, { prompt: 'login' }, { browser, login: bob })
    expect(await bringBack(server, browser, url)).toEqual({
      prompt: 'select_account',
      subject: 'bob',
    })
  })

  it('does not choose what the other allows', async () => {
    const clock = createClock()
    const server = peopleServer({ clients: [asking], now: clock.now })
    const browser = createBrowser(server)
    await authorizeWith(server, {}, { browser: createBrowser(server), login: bob, remember: true })
    await authorizeWith(server, {}, { browser })

    const id = await begin(browser, { max_age: '60' })
    const url = await server.interactions.consent(id, { scopes: ['openid'] })
    clock.pass(61)
    // Alice has been away for too long by now. Bob signs in, who has allowed everything before.
    const answer = await answerAll(server, browser, await browser.get(url), { login: bob })
    const tokens = bodyOf(await redeem(server, answer.searchParams.get('code')))
    expect(tokens['scope']).toBe('openid read')
    expect(decodeJwt(String(tokens['access_token'])).sub).toBe('bob')
  })
})
