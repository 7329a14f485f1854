import { createHash } from 'node:crypto'
import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { checkOptions } from '@bailiwick/core'
import type { Client } from '@bailiwick/core'
import type { HttpResponse } from '@bailiwick/protocol'
import {
  authorizationQuery,
  authorizeWith,
  createBrowser,
  locationOf,
  peopleServer,
  redeem,
  redirectUri,
  resources,
  signInAndRedeem,
  spa,
  web,
} from '../../../packages/core/test/support/people.js'
import type { Query } from '../../../packages/core/test/support/people.js'
import { bodyOf, dataKeys, get, issuer, post } from '../../../packages/core/test/support/server.js'
import type { Proofs } from './proof.js'

/** Asks for authorization with something that differs from a valid request, and nobody signed in. */
const ask = (changes: Query, client: Partial<Client> = {}): Promise<HttpResponse> =>
  get(
    peopleServer({ clients: [{ ...web, ...client }] }),
    `/authorize?${authorizationQuery(changes)}`,
  )

/** What the client is told. */
const errorTold = (response: HttpResponse): string | null =>
  locationOf(response).searchParams.get('error')

/** What is wrong with a configuration that has this client. */
const problemsOf = (client: Client): readonly string[] =>
  checkOptions({ issuer, resources, clients: [client], dataKeys }).map(({ path }) => path)

const metadataOf = async (): Promise<Record<string, unknown>> =>
  bodyOf(await get(peopleServer(), '/.well-known/oauth-authorization-server'))

const errorOf = (response: HttpResponse): unknown => bodyOf(response)['error']

async function codeOf(changes: Query = {}, server = peopleServer()) {
  return { server, code: (await authorizeWith(server, changes)).searchParams.get('code') }
}

/** What the chapters on the authorization endpoint say (RFC 9700 sections 2.1, 4.1 to 4.8, 4.11 and 4.12). */
export const authorizationProofs: Proofs = {
  async 'redirect-uri-exact'() {
    const others = [`${redirectUri}/`, `${redirectUri}?a=b`, redirectUri.toUpperCase(), undefined]
    for (const other of [...others, `${redirectUri}/../callback`]) {
      const { status, headers } = await ask({ redirect_uri: other })
      expect([status, headers['location']]).toEqual([400, undefined])
    }
    expect((await ask({})).status).toBe(303)
  },

  async 'redirect-uri-no-wildcard'() {
    const client = { ...web, redirectUris: ['https://*.example.com/callback'] }
    expect(problemsOf(client)).toEqual(['clients[0].redirectUris[0]'])
  },

  async 'redirect-uri-https'() {
    for (const uri of ['http://app.example.com/callback', 'javascript:alert(1)']) {
      expect(problemsOf({ ...web, redirectUris: [uri] })).toEqual(['clients[0].redirectUris[0]'])
    }
    expect(problemsOf(web)).toEqual([])
  },

  async 'loopback-port-native-only'() {
    const redirectUris = ['http://127.0.0.1/callback']
    const changes = { redirect_uri: 'http://127.0.0.1:49152/callback' }
    expect((await ask(changes, { redirectUris })).status).toBe(400)
    expect((await ask(changes, { redirectUris, applicationType: 'native' })).status).toBe(303)
  },

  async 'no-open-redirector'() {
    const server = peopleServer()
    const evil = encodeURIComponent('https://evil.example')
    for (const url of [
      `/authorize?${authorizationQuery({ redirect_uri: 'https://evil.example' })}`,
      `/authorize?${authorizationQuery({ client_id: 'nobody' })}`,
      `/end_session?post_logout_redirect_uri=${evil}`,
      `/end_session?client_id=web&post_logout_redirect_uri=${evil}`,
      `/resume?interaction=x&returnTo=${evil}`,
    ]) {
      const { headers, body } = await get(server, url)
      expect(headers['location']).toBeUndefined()
      expect(body).not.toMatch(/(?:href|action|url)="?[^"]*evil/)
    }
  },

  async 'answer-names-issuer'() {
    const answer = await authorizeWith(peopleServer())
    expect(answer.searchParams.get('iss')).toBe(issuer)
    const refusal = locationOf(await ask({ prompt: 'none' }))
    expect(refusal.searchParams.get('error')).toBe('login_required')
    expect(refusal.searchParams.get('iss')).toBe(issuer)
    expect(await metadataOf()).toMatchObject({
      authorization_response_iss_parameter_supported: true,
    })
  },

  async 'state-comes-back'() {
    const answer = await authorizeWith(peopleServer(), { state: 'a +&?=#' })
    expect(answer.searchParams.get('state')).toBe('a +&?=#')
  },

  async 'nonce-comes-back'() {
    const { id_token: idToken } = await signInAndRedeem(peopleServer(), { nonce: 'once' })
    expect(decodeJwt(String(idToken))['nonce']).toBe('once')
  },

  async 'redirects-with-303'() {
    const server = peopleServer()
    const browser = createBrowser(server)
    const asked = await browser.get(`/authorize?${authorizationQuery()}`)
    const id = locationOf(asked).pathname.split('/').pop() ?? ''
    const resumed = await browser.get(await server.interactions.login(id, { subject: 'alice' }))
    expect([asked.status, resumed.status]).toEqual([303, 303])
    expect(locationOf(resumed).searchParams.has('code')).toBe(true)
  },

  async 'pkce-required'() {
    const without = { code_challenge: undefined, code_challenge_method: undefined }
    expect(errorTold(await ask(without))).toBe('invalid_request')
    expect((await ask(without, { requirePkce: false })).headers['location']).not.toContain('error')
  },

  async 'pkce-for-public-clients'() {
    expect(problemsOf({ ...spa, requirePkce: false })).toEqual(['clients[0].requirePkce'])
  },

  async 'pkce-s256-only'() {
    expect(errorTold(await ask({ code_challenge_method: 'plain' }))).toBe('invalid_request')
    expect(errorTold(await ask({ code_challenge_method: undefined }))).toBe('invalid_request')
    expect(await metadataOf()).toMatchObject({ code_challenge_methods_supported: ['S256'] })
  },

  async 'pkce-verified'() {
    const { server, code } = await codeOf()
    const wrong = createHash('sha256').update('another').digest('base64url')
    for (const verifier of [wrong, undefined]) {
      expect(errorOf(await redeem(server, code, { code_verifier: verifier }))).toBe('invalid_grant')
    }
    expect((await redeem(server, code)).status).toBe(200)
  },

  async 'pkce-no-downgrade'() {
    const clients = [{ ...web, requirePkce: false }]
    const without = { code_challenge: undefined, code_challenge_method: undefined }
    const { server, code } = await codeOf(without, peopleServer({ clients }))
    expect(errorOf(await redeem(server, code))).toBe('invalid_grant')
    expect((await redeem(server, code, { code_verifier: undefined })).status).toBe(200)
  },

  async 'no-implicit-grant'() {
    for (const type of ['token', 'id_token', 'id_token token', 'code token', 'code id_token']) {
      expect(errorTold(await ask({ response_type: type }))).toBe('unsupported_response_type')
    }
    expect(await metadataOf()).toMatchObject({ response_types_supported: ['code'] })
  },

  async 'no-password-grant'() {
    const form = { grant_type: 'password', username: 'alice', password: 'alice' }
    expect(
      errorOf(
        await post(peopleServer(), form, {
          authorization: `Basic ${btoa('web:secret')}`,
        }),
      ),
    ).toBe('unsupported_grant_type')
    expect(problemsOf({ ...web, allowedGrantTypes: ['password'] })).toEqual([
      'clients[0].allowedGrantTypes[0]',
    ])
  },

  async 'no-web-message'() {
    expect(errorTold(await ask({ response_mode: 'web_message' }))).toBe('invalid_request')
    expect(await metadataOf()).toMatchObject({
      response_modes_supported: ['query', 'fragment', 'form_post'],
    })
  },

  async 'code-used-once'() {
    const { server, code } = await codeOf({ scope: 'openid read offline_access' })
    const tokens = bodyOf(await redeem(server, code))
    expect(errorOf(await redeem(server, code))).toBe('invalid_grant')
    const refreshed = await post(
      server,
      { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) },
      { authorization: `Basic ${btoa('web:secret')}` },
    )
    expect(errorOf(refreshed)).toBe('invalid_grant')
    const userinfo = await get(server, '/userinfo', {
      authorization: `Bearer ${String(tokens['access_token'])}`,
    })
    expect(userinfo.status).toBe(401)
  },

  async 'code-bound-to-client'() {
    const { server, code } = await codeOf()
    expect(errorOf(await redeem(server, code, { client_id: 'spa' }))).toBe('invalid_grant')
    expect(errorOf(await redeem(server, code, { redirect_uri: `${redirectUri}/` }))).toBe(
      'invalid_grant',
    )
    expect((await redeem(server, code)).status).toBe(200)
  },

  async 'code-soon-over'() {
    let time = 1_800_000_000
    const { server, code } = await codeOf({}, peopleServer({ now: () => time }))
    time += 60
    expect(errorOf(await redeem(server, code))).toBe('invalid_grant')
  },
}
