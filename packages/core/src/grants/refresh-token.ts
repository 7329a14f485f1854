import { OAuthError } from '@bailiwick/protocol'
import { revokeFamily } from '../tokens/revoke-family.js'
import type { Entry } from '../collection.js'
import type { ServerContext } from '../context.js'
import { quoted } from '../http/quoted.js'
import { availableScopes } from '../resources/available-scopes.js'
import { readScope } from '../resources/read-scope.js'
import {
  extendRefreshToken,
  findRefreshFamily,
  isCurrent,
  mayBeRepeated,
  replaceRefreshToken,
  successorOf,
} from '../tokens/refresh-token.js'
import type { RefreshToken } from '../tokens/refresh-token.js'
import { removeTokens } from '../tokens/remove-tokens.js'
import type { Grant, GrantDecision, TokenRequest } from './grant.js'
import { requireActiveUser } from './require-active-user.js'

const invalidGrant = (description: string): OAuthError =>
  new OAuthError('invalid_grant', { description })

function readToken({ parameters }: TokenRequest): string {
  const token = parameters.get('refresh_token')
  if (token !== undefined) return token
  throw new OAuthError('invalid_request', { description: 'refresh_token is missing' })
}

async function findFamily(
  token: string,
  { client }: TokenRequest,
  context: ServerContext,
): Promise<Entry<RefreshToken>> {
  const entry = await findRefreshFamily(token, context)
  if (entry?.clientId !== client.clientId || !client.allowOfflineAccess) {
    throw invalidGrant('refresh_token is unknown, has expired or is for another client')
  }
  return entry
}

/** Somebody has the token who should not: the whole family is revoked (RFC 9700 section 4.14.2). */
async function refuseReuse(
  { data: grant }: Entry<RefreshToken>,
  { clientId }: TokenRequest['client'],
  context: ServerContext,
): Promise<never> {
  await revokeFamily({ credential: 'refresh_token', clientId, grant }, context)
  throw invalidGrant('refresh_token was replaced before; all that descend from it are revoked')
}

/** What a refresh asks for by name. `undefined`: everything. */
function askedScopes(
  parameters: TokenRequest['parameters'],
  { compatibility, report }: ServerContext,
): readonly string[] | undefined {
  if (!compatibility.ignoresScopeAtRefresh) return readScope(parameters)
  if (parameters.get('scope') !== undefined) {
    report?.({ type: 'compatibility_applied', difference: 'ignoresScopeAtRefresh' })
  }
  return undefined
}

/**
 * Those of the granted scopes that a refresh asks for (RFC 6749 section 6).
 *
 * @throws OAuthError `invalid_scope` that names what was never granted.
 */
function narrowScopes(
  granted: readonly string[],
  { parameters }: TokenRequest,
  context: ServerContext,
): readonly string[] {
  const asked = askedScopes(parameters, context)
  if (asked === undefined) return granted
  const wider = asked.filter((scope) => !granted.includes(scope))
  for (const scope of wider) {
    context.report?.({ type: 'scope_refused', scope, reason: 'not_granted' })
  }
  if (wider.length > 0) {
    throw new OAuthError('invalid_scope', {
      description: `scope ${quoted(...wider)} goes beyond what was granted`,
    })
  }
  return granted.filter((scope) => {
    const isAsked = asked.includes(scope)
    if (!isAsked) context.report?.({ type: 'scope_dropped', scope, reason: 'not_asked' })
    return isAsked
  })
}

function reportWithdrawal(
  scopes: readonly string[],
  client: TokenRequest['client'],
  { report, ...context }: ServerContext,
): void {
  if (availableScopes(scopes, client, context).length === scopes.length) return
  report?.({ type: 'compatibility_applied', difference: 'failsRefreshOnWithdrawal' })
}

/**
 * Leaves out what was withdrawn since it was granted.
 *
 * @throws OAuthError `invalid_grant` when nothing is left.
 */
function stillAvailable(
  scopes: readonly string[],
  { client }: TokenRequest,
  context: ServerContext,
): readonly string[] {
  if (context.compatibility.failsRefreshOnWithdrawal) {
    if (context.report) reportWithdrawal(scopes, client, context)
    return scopes
  }
  const available = availableScopes(scopes, client, context)
  if (available.some((scope) => scope !== 'offline_access')) return available
  throw invalidGrant('nothing is left of what was granted')
}

/** The grant was revoked while this request was under way: what the request has stored is taken back too. */
async function refuseRevoked(
  { data: { family } }: Entry<RefreshToken>,
  context: ServerContext,
): Promise<never> {
  await removeTokens({ family }, context)
  throw invalidGrant('refresh_token has been revoked')
}

/** A refresh, and all that it is about. */
interface Refresh {
  readonly token: string
  readonly entry: Entry<RefreshToken>
  readonly client: TokenRequest['client']
  readonly context: ServerContext
}

/** Makes sure that no reference token outlives a grant that ends just now. A JWT could not be taken back anyway. */
async function checkStillGranted({ token, entry, client, context }: Refresh): Promise<void> {
  if (client.accessTokenType === 'jwt') return
  if ((await findRefreshFamily(token, context)) === undefined) await refuseRevoked(entry, context)
}

async function replace(refresh: Refresh): Promise<void> {
  const { token, entry, client, context } = refresh
  if (await replaceRefreshToken(token, entry, refresh)) return
  const replaced = await findRefreshFamily(token, context)
  if (replaced === undefined) await refuseRevoked(entry, context)
  else if (!mayBeRepeated(token, replaced, refresh)) await refuseReuse(entry, client, context)
}

async function extend(refresh: Refresh): Promise<void> {
  if (await extendRefreshToken(refresh.entry, refresh)) return
  await checkStillGranted(refresh)
}

/** How the presented token lives on: as it is, or in a successor. */
async function succession(
  refresh: Refresh,
): Promise<Required<Pick<GrantDecision, 'refreshToken' | 'redeem'>>> {
  const { token, entry, client, context } = refresh
  if (mayBeRepeated(token, entry, refresh)) {
    return { refreshToken: successorOf(token, entry), redeem: () => checkStillGranted(refresh) }
  }
  if (!isCurrent(token, entry)) await refuseReuse(entry, client, context)
  return client.refreshTokens.usage === 'reUse'
    ? { refreshToken: token, redeem: () => extend(refresh) }
    : { refreshToken: successorOf(token, entry), redeem: () => replace(refresh) }
}

/** The client gets fresh tokens while the user is away (RFC 6749 section 6). */
export const refreshToken: Grant = {
  grantType: 'refresh_token',
  async validate(request, context) {
    const { client } = request
    const token = readToken(request)
    const entry = await findFamily(token, request, context)
    const { user, scopes, resources, requestedClaims, family } = entry.data
    const future = await succession({ token, entry, client, context })
    await requireActiveUser(user.subject, request, context)

    return {
      user,
      scopes: stillAvailable(narrowScopes(scopes, request, context), request, context),
      family,
      ...(resources !== undefined && { authorizedResources: resources }),
      ...(requestedClaims !== undefined && { requestedClaims }),
      ...future,
    }
  },
}
