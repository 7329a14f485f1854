import type { HttpResponse } from '@bailiwick/protocol'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, onTestFinished } from 'vitest'
import type { AuthorizationServer, ExplainedToken, Explanation } from '../../src/index.js'
import { createJournal, observeTokens } from './observe-tokens.js'
import type { Journal, Observation } from './observe-tokens.js'

type Claims = Readonly<Record<string, unknown>>

/** They are other ones each time. How long a token lives is compared all the same. */
const ofTheMoment: ReadonlySet<string> = new Set([
  'iat',
  'nbf',
  'exp',
  'jti',
  'sid',
  'auth_time',
  'at_hash',
])

const lasting = (claims: Claims): Claims => ({
  ...Object.fromEntries(Object.entries(claims).filter(([name]) => !ofTheMoment.has(name))),
  moments: [...ofTheMoment].filter((name) => name !== 'sid' && Object.hasOwn(claims, name)),
  lifetime: Number(claims['exp']) - Number(claims['iat']),
})

const shown = (token: ExplainedToken | undefined) =>
  token && {
    ...(token.header && { alg: token.header['alg'], typ: token.header['typ'] }),
    ...lasting(token.claims),
  }

const readJwt = (token: string): ExplainedToken => ({
  header: { ...decodeProtectedHeader(token) },
  claims: decodeJwt(token),
})

const bodyOf = ({ body = '{}' }: HttpResponse): Readonly<Record<string, string | undefined>> =>
  JSON.parse(body) as Record<string, string>

/** What a client was told: by a token endpoint, or on its way back from the authorization endpoint. */
function factsOf({ response, reference }: Observation) {
  const { location } = response.headers
  const told =
    typeof location === 'string'
      ? Object.fromEntries(new URL(location).searchParams)
      : bodyOf(response)
  const { access_token: accessToken, id_token: idToken, error, error_description } = told
  return {
    error,
    error_description,
    accessToken: accessToken && shown(reference ?? readJwt(accessToken)),
    idToken: idToken && shown(readJwt(idToken)),
  }
}

const factsIn = ({ error, accessToken, idToken }: Explanation) => ({
  error: error?.error,
  error_description: error?.error_description,
  accessToken: shown(accessToken),
  idToken: shown(idToken),
})

/**
 * What is wrong with the client, or with the code or refresh token itself: it has expired, was used before, or is
 * another client's. An explanation is not about that.
 */
const isAboutCredentials = (error: string | undefined): boolean =>
  error === 'invalid_client' || error === 'invalid_grant'

/** Compares an explanation with what was issued. */
export async function expectExplained(
  observation: Observation,
): Promise<'compared' | 'credentials'> {
  const facts = factsOf(observation)
  const explanation = await observation.server.explain(observation.request)
  if (isAboutCredentials(facts.error) && explanation.error?.error !== 'invalid_grant') {
    return 'credentials'
  }
  expect(factsIn(explanation)).toEqual(facts)
  return 'compared'
}

/** How many answers were compared with their explanation, and how many could not be. */
export const tally = { compared: 0, credentials: 0, strangers: 0 }

/** Asks a server to explain each of its answers when a test is over, and compares. */
export function withExplanations(
  server: AuthorizationServer,
  journal: Journal = createJournal(),
): AuthorizationServer {
  const { observations, strangers } = journal
  onTestFinished(async () => {
    tally.strangers += strangers.splice(0).length
    for (const observation of observations.splice(0)) {
      tally[await expectExplained(observation)] += 1
    }
  })
  return observeTokens(server, journal)
}
