import { dpopAlgorithms } from '@bailiwick/protocol'
import { expect } from 'vitest'
import type { HeaderFields, TestResponse } from './guarded-app.js'

export const metadataPath = '/.well-known/oauth-protected-resource'

/** What every challenge ends with. */
export const where = `resource_metadata="https://api.example.com${metadataPath}"`

const description = `error_description="[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+"`

const names = [
  'www-authenticate',
  'cache-control',
  'access-control-expose-headers',
  'content-type',
  'retry-after',
] as const

/** The part of a response that a guard decides about. That the length is right goes without saying. */
export function refusalOf({ status, headers, body }: TestResponse): object {
  const isLengthRight = headers['content-length'] === String(body.length)
  return { status, body, isLengthRight, ...Object.fromEntries(names.map((n) => [n, headers[n]])) }
}

const common = {
  'cache-control': 'no-store',
  'access-control-expose-headers': 'WWW-Authenticate, DPoP-Nonce',
  isLengthRight: true,
} as const

/** Tells a client without credentials what to get, and of no error. */
export const bareChallenge = {
  ...common,
  status: 401,
  body: '',
  'www-authenticate': `Bearer scope="read", ${where}`,
  'content-type': undefined,
  'retry-after': undefined,
} as const

const statuses: Readonly<Record<string, number>> = {
  invalid_request: 400,
  invalid_token: 401,
  invalid_dpop_proof: 401,
  use_dpop_nonce: 401,
  insufficient_user_authentication: 401,
  insufficient_scope: 403,
  insufficient_authorization_details: 403,
  access_denied: 403,
  temporarily_unavailable: 503,
}

const challenged = new Set(['invalid_request', 'invalid_token', 'insufficient_scope'])

/** Tells a client what is wrong, and what to ask for where that helps. */
export function refusal(error: string, scope = 'read'): Readonly<Record<string, unknown>> {
  const challenge = `^Bearer error="${error}", ${description}, scope="${scope}", ${where.replaceAll('.', '\\.')}$`
  return {
    ...common,
    status: statuses[error],
    body: expect.stringMatching(`^{"error":"${error}","error_description":"[^"]+"}$`),
    'content-type': 'application/json',
    'www-authenticate': challenged.has(error) ? expect.stringMatching(challenge) : undefined,
    'retry-after': error === 'temporarily_unavailable' ? '1' : undefined,
  }
}

/** Tells a client how the user has to authenticate (RFC 9470). */
export function stepUpRefusal(needs: string): Readonly<Record<string, unknown>> {
  const error = 'insufficient_user_authentication'
  const challenge = `^Bearer error="${error}", ${description}, ${needs}, ${where.replaceAll('.', '\\.')}$`
  return { ...refusal(error), 'www-authenticate': expect.stringMatching(challenge) }
}

/** What every challenge for DPoP says about proofs. */
export const algs = `algs="${dpopAlgorithms.join(' ')}"`

/** Tells a client that uses DPoP what is wrong. */
export function proofRefusal(error: string): Readonly<Record<string, unknown>> {
  const challenge = `^DPoP error="${error}", ${description}, ${algs}, ${where.replaceAll('.', '\\.')}$`
  return { ...refusal(error), 'www-authenticate': expect.stringMatching(challenge) }
}

export const bearer = (token: string): HeaderFields => [['authorization', `Bearer ${token}`]]
