import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { ServerContext } from '../context.js'
import { handleId } from '../tokens/handle.js'
import { referenceTokens } from '../tokens/reference-token.js'
import { tokenFormOf } from '../tokens/token-form.js'
import { scopesOf } from '../tokens/judge-access-token.js'
import { explain } from './explain.js'
import type { Explainer } from './explain.js'
import type { ExplainRequest } from './explain-request.js'
import type { ExplainedToken, Explanation } from './explanation.js'

/** A claim that would be another if the token were issued now. `undefined`: it would not be there, or was not. */
export interface ClaimDifference {
  readonly claim: string
  readonly before: unknown
  readonly after: unknown
}

/** Why an access token looks as it does. */
export interface TokenExplanation {
  readonly token: ExplainedToken
  /** Whether this server has signed or stored it, with a key or in a store that it has now. */
  readonly isGenuine: boolean
  /** The explanation of a request that gives such a token now: its decisions tell what each claim comes from. */
  readonly now: Explanation
  /** What would differ. Times, identifiers and the session are left out: they always do. */
  readonly differences: readonly ClaimDifference[]
}

type Claims = Readonly<Record<string, unknown>>

interface Found {
  readonly token: ExplainedToken
  readonly isGenuine: boolean
}

async function findToken(token: string, context: ServerContext): Promise<Found | undefined> {
  if (tokenFormOf(token) === 'jwt') {
    try {
      const read = { header: { ...decodeProtectedHeader(token) }, claims: { ...decodeJwt(token) } }
      return { token: read, isGenuine: (await context.signer.verify(token)) !== undefined }
    } catch {
      // Not even its claims can be read, so there is nothing to explain.
      return undefined
    }
  }
  const reference = await referenceTokens(context).find(handleId(token))
  return reference && { token: { claims: reference.data.claims }, isGenuine: true }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function userOf(claims: Claims): ExplainRequest['user'] {
  const { sub, client_id: clientId, auth_time: authTime, acr, amr, idp } = claims
  if (typeof sub !== 'string' || sub === clientId) return undefined
  const methods: readonly unknown[] = Array.isArray(amr) ? amr : []
  return {
    subject: sub,
    ...(typeof authTime === 'number' && { authTime }),
    ...(typeof acr === 'string' && { acr }),
    ...(methods.length > 0 && { amr: methods.filter((method) => typeof method === 'string') }),
    ...(typeof idp === 'string' && { identityProvider: idp }),
  }
}

/** The request that would give such a token. */
function requestOf(claims: Claims, resources: readonly string[]): ExplainRequest {
  const user = userOf(claims)
  const scopes = scopesOf(claims['scope'])
  return {
    clientId: text(claims['client_id']) ?? '',
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(resources.length > 0 && { resources }),
    ...(user !== undefined && { user }),
  }
}

const audienceOf = ({ aud }: Claims): readonly string[] =>
  [aud ?? []].flat().filter((name) => typeof name === 'string')

const differs = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left) !== JSON.stringify(right)

const ofTheMoment: ReadonlySet<string> = new Set(['iat', 'nbf', 'exp', 'jti', 'sid', 'auth_time'])

function compare(before: Claims, after: Claims): readonly ClaimDifference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((claim) => !ofTheMoment.has(claim) && differs(before[claim], after[claim]))
    .map((claim) => ({ claim, before: before[claim], after: after[claim] }))
}

/** A token names resources only through its audience: whether the request named them shows in what it would give. */
async function explainAgain(claims: Claims, explainer: Explainer): Promise<Explanation> {
  const without = await explain(requestOf(claims, []), explainer)
  if (!differs(audienceOf(claims), audienceOf(without.accessToken?.claims ?? {}))) return without
  const named = await explain(requestOf(claims, audienceOf(claims)), explainer)
  return named.accessToken === undefined ? without : named
}

/** Explains an access token of this server. `undefined`: it is none, or nobody knows it any more. */
export async function explainToken(
  token: string,
  explainer: Explainer,
): Promise<TokenExplanation | undefined> {
  const found = await findToken(token, explainer.context)
  if (found === undefined) return undefined
  const { claims } = found.token
  const now = await explainAgain(claims, explainer)
  return { ...found, now, differences: compare(claims, now.accessToken?.claims ?? {}) }
}
