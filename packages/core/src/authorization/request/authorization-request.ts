import type { ServerContext } from '../../context.js'
import type { Parameters } from '../../http/parameters.js'
import { validateResources } from '../../resources/validate-resources.js'
import type { ValidatedResources } from '../../resources/validate-resources.js'
import { readRequestedClaims } from '../../tokens/requested-claims.js'
import type { RequestedClaims } from '../../tokens/requested-claims.js'
import type { RedirectTarget } from '../redirect-target.js'
import { checkClient } from './check-client.js'
import { checkRequestObject } from './check-request-object.js'
import { checkResponseType } from './check-response-type.js'
import { readAuthorizationResources } from './read-authorization-resources.js'
import { readAuthorizationScopes } from './read-authorization-scopes.js'
import { readCodeChallenge } from './read-code-challenge.js'
import { readDisplay } from './read-display.js'
import { readHintedSubject } from './read-hinted-subject.js'
import { readMaxAge } from './read-max-age.js'
import { readNonce } from './read-nonce.js'
import { readPrompts } from './read-prompts.js'
import type { Prompt } from './read-prompts.js'
import { readValues } from './read-values.js'

/** An authorization request that holds up (RFC 6749 section 4.1.1, OpenID Connect Core 1.0 section 3.1.2.1). */
export interface AuthorizationRequest {
  readonly target: RedirectTarget
  /** The scope values, in the order of the request. */
  readonly scopes: readonly string[]
  /** The resources that are named, in the order of the request. */
  readonly resources: readonly string[]
  /** What the two lead to. */
  readonly validated: ValidatedResources
  readonly codeChallenge: string | undefined
  readonly nonce: string | undefined
  readonly prompts: ReadonlySet<Prompt>
  /** In seconds. */
  readonly maxAge: number | undefined
  /** The only user about whom the client wants an answer. */
  readonly hintedSubject: string | undefined
  readonly loginHint: string | undefined
  readonly acrValues: readonly string[]
  readonly uiLocales: readonly string[]
  readonly display: string | undefined
  readonly requestedClaims: RequestedClaims | undefined
}

/**
 * Checks everything about an authorization request but its client and redirect URI.
 *
 * @throws OAuthError that the client is to be told.
 */
export async function readAuthorizationRequest(
  target: RedirectTarget,
  parameters: Parameters,
  context: ServerContext,
): Promise<AuthorizationRequest> {
  const { client } = target
  checkRequestObject(parameters)
  checkResponseType(parameters)
  checkClient(client)
  const codeChallenge = readCodeChallenge(parameters, client)
  const scopes = readAuthorizationScopes(parameters, client, context)
  const resources = readAuthorizationResources(parameters, context)
  const validated = validateResources({ client, scopes, resources, hasUser: true }, context)
  const requestedClaims = readRequestedClaims(parameters)
  return {
    target,
    scopes,
    resources,
    validated,
    codeChallenge,
    nonce: readNonce(parameters),
    prompts: readPrompts(parameters),
    maxAge: readMaxAge(parameters),
    hintedSubject: await readHintedSubject(parameters, requestedClaims, context),
    loginHint: parameters.get('login_hint'),
    acrValues: readValues(parameters, 'acr_values'),
    uiLocales: readValues(parameters, 'ui_locales'),
    display: readDisplay(parameters),
    requestedClaims,
  }
}
