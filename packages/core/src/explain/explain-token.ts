import { isDeepStrictEqual } from 'node:util'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { ServerContext } from '../context.js'
import { handleId } from '../tokens/handle.js'
import { referenceTokens } from '../tokens/reference-token.js'
import { tokenFormOf } from '../tokens/token-form.js'
import { scopesOf } from '../tokens/judge-access-token.js'
import { compareTokens } from './compare-explanations.js'
import type { ExplanationDifference } from './compare-explanations.js'
import { explain } from './explain.js'
import type { Explainer } from './explain.js'
import type { ExplainRequest } from './explain-request.js'
import type { ExplainedToken, Explanation } from './explanation.js'

/** Why an access token looks as it does. */
export interface TokenExplanation {
  readonly token: ExplainedToken
  /** Whether this server has signed or stored it, with a key or in a store that it has now. */
  readonly isGenuine: boolean
  /** The explanation of a request that gives such a token now: its decisions tell what each claim comes from. */
  readonly now: Explanation
  /** What would differ. Times, identifiers and the session are left out: they always do. */
  readonly differences: readonly ExplanationDifference[]
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

const isFor = (claims: Claims, { accessToken }: Explanation): boolean =>
  accessToken !== undefined && isDeepStrictEqual(audienceOf(accessToken.claims), audienceOf(claims))

/** A token does not tell whether its request named resources, nor what was granted besides or has been withdrawn. */
function otherRequests(claims: Claims): readonly ExplainRequest[] {
  const resources = audienceOf(claims)
  const named = requestOf(claims, resources)
  if (named.user === undefined) return [named]
  const authorized = { scopes: scopesOf(claims['scope']), resources }
  return [named, { clientId: named.clientId, user: named.user, authorized, refresh: {} }]
}

/** Explains the request that gives such a token now, or one that gives a token at all. */
async function explainAgain(claims: Claims, explainer: Explainer): Promise<Explanation> {
  const simple = await explain(requestOf(claims, []), explainer)
  if (isFor(claims, simple)) return simple
  const others = await Promise.all(
    otherRequests(claims).map((request) => explain(request, explainer)),
  )
  const all = [simple, ...others]
  return (
    all.find((explanation) => isFor(claims, explanation)) ??
    all.find(({ accessToken }) => accessToken !== undefined) ??
    simple
  )
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
  return { ...found, now, differences: compareTokens(found.token, now.accessToken) }
}
