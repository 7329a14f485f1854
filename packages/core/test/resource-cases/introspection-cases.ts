import type { HttpResponse } from '@bailiwick/protocol'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect } from 'vitest'
import type { AuthorizationServer } from '../../src/index.js'
import { basic, bodyOf, post } from '../support/server.js'
import type { CaseExpectation, CaseRunner, ResourceCase } from './cases.js'
import { asList, compareFacts, compareMembers } from './compare.js'
import { createTokenServer, postAs, tokensOf } from './token-world.js'

const described =
  /^(access|refresh) token of (\S+) for (?:scope )?'([^']+)'(?: \((client_credentials|user bob)\))?(, refresh token revoked first)?$/

/** Cases without a client of their own describe the token and not who got it. */
const scopeOnly = /^token (?:for aud \S+, |with )scope (\S+)$/

async function tokenOf(server: AuthorizationServer, description: string): Promise<string> {
  const [, scope] = scopeOnly.exec(description) ?? []
  if (scope !== undefined) {
    return (await tokensOf(server, 'client', { scope, grant_type: 'client_credentials' })).access
  }
  const [, kind, clientId = '', scopes = '', grant, isRevoked] = described.exec(description) ?? []
  if (kind !== 'access' && kind !== 'refresh') throw new Error(`no token: ${description}`)
  const grantType = grant === 'client_credentials' ? grant : 'custom'
  const tokens = await tokensOf(server, clientId, { scope: scopes, grant_type: grantType })
  if (isRevoked !== undefined) {
    await postAs(server, clientId, { path: '/revoke', form: { token: tokens.refresh } })
  }
  return tokens[kind]
}

/** Asks as a case says: `api1`, `client1 (as client)`, `api1 with wrong secret`. */
async function ask(server: AuthorizationServer, { request }: ResourceCase): Promise<HttpResponse> {
  const { caller = '', params = {}, contentType, headers = {} } = request
  const [name = ''] = caller.split(' ')
  const { token: description, token_type_hint: hint } = params
  const token = typeof description === 'string' ? await tokenOf(server, description) : undefined
  const form = {
    ...(token && { token }),
    ...(typeof hint === 'string' && { token_type_hint: hint }),
  }
  if (contentType !== undefined) {
    const body = JSON.stringify({ ...form, client_id: name, client_secret: 'secret' })
    return post(server, body, {
      path: '/introspect',
      authorization: null,
      headers: { 'content-type': contentType },
    })
  }
  const secret = caller.includes('wrong secret') ? 'wrong' : 'secret'
  return post(server, form, { path: '/introspect', authorization: basic(name, secret), headers })
}

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value)

function compareJwt(jwt: string, expected: object): void {
  const claims = decodeJwt(jwt)
  const introspection = claims['token_introspection']
  compareMembers(expected, {
    typ: (value) => expect(decodeProtectedHeader(jwt).typ).toBe(value),
    aud: (value) => expect(claims.aud).toBe(value),
    absent: (value) => {
      for (const name of asList(value)) expect(claims).not.toHaveProperty(String(name))
    },
    token_introspection: (value) => expect(introspection).toMatchObject(value as object),
    onlyActive: () => expect(introspection).toEqual({ active: false }),
  })
}

function compareIntrospection(response: HttpResponse, expected: CaseExpectation): void {
  const { jwt, contentType, types, audType, scopeIncludes, ...facts } = expected
  if (contentType !== undefined) expect(response.headers['content-type']).toBe(contentType)
  if (jwt !== undefined) compareJwt(response.body ?? '', jwt as object)
  const isJson = response.headers['content-type'] === 'application/json'
  const body = isJson ? bodyOf(response) : {}
  const { active, scope, aud, client_id: clientId, error } = body
  compareFacts(facts, { status: response.status, error, active, scope, aud, client_id: clientId })
  if (audType !== undefined) expect(typeOf(aud)).toBe(audType)
  if (scopeIncludes !== undefined) {
    expect(asList(scope)).toEqual(expect.arrayContaining([...asList(scopeIncludes)]))
  }
  for (const [name, type] of Object.entries((types ?? {}) as Record<string, string>)) {
    expect(type === 'true' ? String(body[name]) : typeOf(body[name])).toBe(type)
  }
}

/** Cases at the introspection endpoint. */
export const runIntrospection: CaseRunner = async (entry, expected, mode) => {
  const response = await ask(createTokenServer(entry.config, mode), entry)
  compareIntrospection(response, expected)
}
