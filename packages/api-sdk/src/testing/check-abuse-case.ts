import { goodToken, requestWith } from './abuse-case.js'
import type { AbuseCase, AbuseContext, AbuseRequest, ExpectedAnswer } from './abuse-case.js'
import { parseChallenges } from './parse-challenges.js'
import type { ParsedChallenge } from './parse-challenges.js'

/** What has to be known about a response. That of `fetch` fits, and that of supertest. */
export interface AbuseResponse {
  readonly status: number
  readonly headers:
    | Iterable<[name: string, value: string]>
    | Readonly<Record<string, string | readonly string[] | undefined>>
}

/** The guarded route that is abused, and how to reach it. */
export interface AbuseTarget extends AbuseContext {
  /** Sends a request to the API: `(request) => fetch(request.url, request)`. */
  readonly send: (request: AbuseRequest) => Promise<AbuseResponse>
}

interface Answer {
  readonly status: number
  readonly challenges: readonly ParsedChallenge[]
  /** Everything that the header fields say. */
  readonly text: string
}

const isIterable = (
  headers: AbuseResponse['headers'],
): headers is Iterable<[name: string, value: string]> => Symbol.iterator in headers

function readAnswer({ status, headers }: AbuseResponse): Answer {
  const fields = isIterable(headers) ? [...headers] : Object.entries(headers)
  const challenges = fields
    .filter(([name]) => name.toLowerCase() === 'www-authenticate')
    .flatMap(([, value]) => parseChallenges(value))
  return { status, challenges, text: JSON.stringify(fields) }
}

const tell = (
  status: number,
  challenges: readonly { readonly scheme: string; readonly error: string | undefined }[],
): string => {
  const told = challenges.map(({ scheme, error }) => `${scheme} ${error ?? 'without error'}`)
  return [status, ...told.toSorted()].join(', ')
}

const isSameList = (told: string | undefined, wanted: string): boolean =>
  told?.split(' ').toSorted().join(' ') === wanted.split(' ').toSorted().join(' ')

/** Finds what a challenge lacks: which scopes to ask for, and where to go (RFC 6750 section 3, RFC 9728 section 5.1). */
function findLacking({ scheme, parameters }: ParsedChallenge, scope: string): readonly string[] {
  const lacking: string[] = []
  const needsScope = scheme === 'Bearer' || parameters['error'] === 'insufficient_scope'
  if (needsScope && !isSameList(parameters['scope'], scope)) {
    lacking.push(`the challenge has to tell scope="${scope}"`)
  }
  if (scheme === 'DPoP' && parameters['algs'] === undefined) {
    lacking.push('the challenge DPoP has to tell algs')
  }
  if (parameters['realm'] === undefined && parameters['resource_metadata'] === undefined) {
    lacking.push(`the challenge ${scheme} has to tell realm or resource_metadata`)
  }
  return lacking
}

// RFC 9449 section 7.1: an API may tell every client that it also takes DPoP.
const isOffer = ({ scheme, parameters }: ParsedChallenge): boolean =>
  scheme === 'DPoP' && parameters['error'] === undefined

const isSuccess = (status: number): boolean => status >= 200 && status < 300

function findWrong(
  { status, challenges, text }: Answer,
  expected: ExpectedAnswer,
  scope: string,
): readonly string[] {
  const wanted = tell(
    expected.status,
    expected.challenges.map(({ scheme, error }) => ({ scheme, error })),
  )
  const told = tell(
    isSuccess(status) ? 200 : status,
    challenges
      .filter((challenge) => expected.challenges.length === 0 || !isOffer(challenge))
      .map(({ scheme, parameters }) => ({ scheme, error: parameters['error'] })),
  )
  if (told !== wanted) return [`expected ${wanted} and got ${told}`]
  const lacking = challenges.flatMap((challenge) => findLacking(challenge, scope))
  // What a request holds must not come back: a header field is no place for the words of strangers.
  return /injected/.test(text) ? [...lacking, 'the header repeats what was sent'] : lacking
}

async function checkThatGoodPasses(target: AbuseTarget): Promise<void> {
  const request = requestWith(target, `Bearer ${await goodToken(target)}`)
  const { status, challenges } = readAnswer(await target.send(request))
  if (isSuccess(status)) return
  const told = challenges.map(({ parameters }) => parameters['error_description']).join(', ')
  throw new Error(
    `a valid token is answered with ${status} (${told}), so that no refusal says anything: check that the API has ` +
      'issuerOptions, fetch and now of the issuer, and that url and scope are those of the route',
  )
}

function checkFirst({ id, title }: AbuseCase, { status }: AbuseResponse): void {
  if (!isSuccess(status))
    throw new Error(`${id} (${title}): the first time is answered with ${status}`)
}

/**
 * Abuses a route and checks what it answers: status, challenges, that nothing that was sent comes back in a header, and
 * that the API asked nobody but its issuer. A valid token is sent first, because a route that refuses everything passes
 * no test. It does not look at the body.
 *
 * @example
 * ```ts
 * for (const abuse of abuseCases) {
 *   test(`${abuse.id} ${abuse.title}`, () => checkAbuseCase(abuse, { issuer, url, scope: 'read', send }))
 * }
 * ```
 * @throws Error that says what was expected and what came.
 */
export async function checkAbuseCase(abuse: AbuseCase, target: AbuseTarget): Promise<void> {
  await checkThatGoodPasses(target)
  const { issuer, scope, send } = target
  const asked = issuer.requests.length
  const request = await abuse.request(target)
  if (abuse.isReplay === true) checkFirst(abuse, await send(request))
  const answer = readAnswer(await send(request))
  const strangers = issuer.requests.slice(asked).filter(({ endpoint }) => endpoint === undefined)
  const wrong = [
    ...findWrong(answer, abuse.expected, scope),
    ...strangers.map(({ url }) => `the API asked for ${url}`),
  ]
  if (wrong.length > 0) throw new Error(`${abuse.id} (${abuse.title}): ${wrong.join('; ')}`)
}
