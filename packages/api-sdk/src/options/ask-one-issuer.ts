import type { ConfigurationProblem } from '@bailiwick/protocol'
import type { ProveCaller } from '../introspection/caller-proof.js'
import { secretInForm, secretInHeader } from '../introspection/client-secret.js'
import { createIntrospection } from '../introspection/introspection.js'
import type { Introspection } from '../introspection/introspection.js'
import { signedAssertion } from '../introspection/private-key-jwt.js'
import { plainResponse, signedResponse } from '../introspection/read-response.js'
import { createLocalIntrospection } from '../local/local-introspection.js'
import type { AskedIssuer, TrustedIssuer } from '../tokens/token-policy.js'
import type { MissableClaim } from '../tokens/token-shape.js'
import type { ClientAuthOptions } from './client-auth-options.js'
import { complete } from './complete.js'
import type {
  IntrospectionOptions,
  IssuerOptions,
  ResourceServerOptions,
  TokenKinds,
} from './resource-server-options.js'
import type { SettledOptions } from './trust-issuer.js'

const introspectionDefaults: Required<IntrospectionOptions> = {
  audience: 'required',
  cacheFor: 60,
  response: 'json',
  timeout: 3,
}

const tells = ({ clientAuth, local }: IssuerOptions): boolean =>
  clientAuth !== undefined || local !== undefined

/** Which tokens are accepted: opaque ones only where somebody can be asked about them. */
function tokenKindsOf(
  issuers: readonly IssuerOptions[],
  { tokens }: ResourceServerOptions,
): TokenKinds {
  return tokens ?? (issuers.some(tells) ? 'auto' : 'jwt')
}

/** Finds out why nobody could tell which issuer to ask about a token. */
export function checkWhomToAsk(
  issuers: readonly IssuerOptions[],
  options: ResourceServerOptions,
): readonly ConfigurationProblem[] {
  const tokens = tokenKindsOf(issuers, options)
  if (tokens === 'jwt') {
    if (options.introspection === undefined) return []
    const message = "nobody is asked: give an issuer clientAuth, and do not set tokens: 'jwt'"
    return [{ path: 'introspection', message }]
  }
  const count = issuers.filter(tells).length
  if (count === 0) {
    const message = `'${tokens}' needs an issuer that has clientAuth or is local`
    return [{ path: 'tokens', message }]
  }
  if (count > 1) {
    const message =
      'only one may have clientAuth or be local: an opaque token does not say whom to ask'
    return [{ path: 'issuers', message }]
  }
  if (tokens === 'introspection' && issuers.length > 1) {
    const message = "only one is of use with tokens: 'introspection': the others are never asked"
    return [{ path: 'issuers', message }]
  }
  return []
}

/** An issuer that is asked over the network. */
interface RemoteIssuer extends IssuerOptions {
  readonly clientAuth: ClientAuthOptions
}

function proofOf({ issuer, clientAuth }: RemoteIssuer, id: string, now: () => number): ProveCaller {
  if ('privateKey' in clientAuth) return signedAssertion({ ...clientAuth, id, issuer, now })
  const { secret, method = 'client_secret_basic' } = clientAuth
  return method === 'client_secret_basic' ? secretInHeader(id, secret) : secretInForm(id, secret)
}

function askRemotely(
  asked: RemoteIssuer,
  trusted: TrustedIssuer,
  options: SettledOptions,
): Introspection {
  const { clientAuth, introspectionEndpoint: endpoint, metadataUrl } = asked
  const { resource, now } = options
  const { response, cacheFor, timeout } = complete(options.introspection, introspectionDefaults)
  const { id = resource } = clientAuth
  const signing = { ...options, ...trusted, audience: id, timeout }
  return createIntrospection({
    ...options,
    issuer: asked.issuer,
    endpoint,
    metadataUrl,
    prove: proofOf(asked, id, now),
    format: response === 'jwt' ? signedResponse(signing) : plainResponse,
    cacheFor,
    timeout,
  })
}

function introspectionOf(
  asked: IssuerOptions,
  trusted: TrustedIssuer,
  options: SettledOptions,
): Introspection | undefined {
  const { local, clientAuth } = asked
  if (local !== undefined) return createLocalIntrospection({ ...options, ...local })
  return clientAuth && askRemotely({ ...asked, clientAuth }, trusted, options)
}

/**
 * Adds what the issuer need not tell (RFC 7662 section 2.2). It says that the token is good, so its name and its age matter
 * only to who uses them.
 */
function tolerate(
  trusted: TrustedIssuer,
  { introspection, maxTokenAge }: ResourceServerOptions,
): TrustedIssuer {
  const { audience } = complete(introspection, introspectionDefaults)
  const { shape } = trusted
  const mayLack: readonly MissableClaim[] = [
    ...shape.mayLack,
    'jti',
    ...(maxTokenAge === undefined ? (['iat'] as const) : []),
    ...(audience === 'if-present' ? (['aud'] as const) : []),
  ]
  return { ...trusted, shape: { ...shape, mayLack } }
}

/** Prepares to ask the issuer that can be asked. Undefined when every token has to be a JWT. */
export function askOneIssuer(
  issuers: readonly IssuerOptions[],
  trusted: ReadonlyMap<string, TrustedIssuer>,
  options: SettledOptions,
): AskedIssuer | undefined {
  const tokens = tokenKindsOf(issuers, options)
  const asked = issuers.find(tells)
  const issuer = asked && trusted.get(asked.issuer)
  if (tokens === 'jwt' || asked === undefined || issuer === undefined) return undefined
  const introspection = introspectionOf(asked, issuer, options)
  const about = tokens === 'auto' ? 'opaque' : 'every'
  return introspection && { issuer: tolerate(issuer, options), introspection, about }
}
