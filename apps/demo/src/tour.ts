import { isDeepStrictEqual } from 'node:util'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { routeFor } from './api-routes.js'
import type { Chapter, Example } from './chapters.js'
import type { Origins } from './demo.js'

/** What an example comes to: the parts of it that the tour compares. */
export type Outcome = Pick<Example, 'token' | 'answers'>

/** An example, what was expected of it, and what came. */
export interface Stop {
  readonly example: Example
  readonly expected: Outcome
  readonly outcome: Outcome
  readonly isAsExpected: boolean
}

const member = (body: unknown, name: string): string =>
  typeof body === 'object' && body !== null ? String(Reflect.get(body, name)) : ''

async function requestToken(issuer: string, { scope, resource }: Example): Promise<unknown> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('tour:secret')}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      ...(resource !== undefined && { resource }),
    }),
  })
  return response.json()
}

async function callApi(url: string, token: string): Promise<number> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  await response.arrayBuffer()
  return response.status
}

function describeToken(token: string): Outcome['token'] {
  const { aud, scope } = decodeJwt(token)
  const { alg = '' } = decodeProtectedHeader(token)
  return { ...(aud !== undefined && { aud }), scope: String(scope), alg }
}

async function visit(example: Example, chapter: Chapter, origins: Origins): Promise<Outcome> {
  const body = await requestToken(`${origins.identity}/${chapter.name}`, example)
  const error = member(body, 'error')
  if (error !== 'undefined') return { token: { error } }
  const token = member(body, 'access_token')
  const [invoice, customer] = await Promise.all([
    callApi(origins.invoice + routeFor(chapter, 'invoice', example.scope), token),
    callApi(origins.customer + routeFor(chapter, 'customer', example.scope), token),
  ])
  return { token: describeToken(token), answers: { invoice, customer } }
}

/** What the chapter says, with the issuer where it belongs. */
function expectationOf({ token, answers }: Example, issuer: string): Outcome {
  const spelledOut =
    'aud' in token && typeof token.aud === 'string'
      ? { ...token, aud: token.aud.replace('{issuer}', issuer) }
      : token
  return { token: spelledOut, ...(answers !== undefined && { answers }) }
}

/** Requests a token for each example of a chapter and shows it to both APIs. */
export async function tour(chapter: Chapter, origins: Origins): Promise<readonly Stop[]> {
  return Promise.all(
    chapter.examples.map(async (example) => {
      const expected = expectationOf(example, `${origins.identity}/${chapter.name}`)
      const outcome = await visit(example, chapter, origins)
      return { example, expected, outcome, isAsExpected: isDeepStrictEqual(outcome, expected) }
    }),
  )
}
