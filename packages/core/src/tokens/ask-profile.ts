import type { ServerContext } from '../context.js'
import type { ProfileRequest } from '../stores/profile-service.js'
import { orUnavailable } from '../unavailable.js'

type Claims = Readonly<Record<string, unknown>>

/**
 * Asks the profile service for claims, and gives those that were asked for and have a value. For a name that it knows
 * nothing of, what is known from the login counts.
 *
 * @throws OAuthError `temporarily_unavailable` when it cannot answer, so that no token lacks claims by accident.
 */
export async function askProfile(
  request: ProfileRequest,
  loginClaims: Claims | undefined,
  { profile }: Pick<ServerContext, 'profile'>,
): Promise<Claims> {
  if (request.claimNames.length === 0) return {}
  const claims = await orUnavailable('the user', () => profile.claims(request))
  const valueOf = (name: string): unknown => {
    if (Object.hasOwn(claims, name) && claims[name] !== undefined) return claims[name]
    return loginClaims !== undefined && Object.hasOwn(loginClaims, name)
      ? loginClaims[name]
      : undefined
  }
  const entries = request.claimNames.map((name) => [name, valueOf(name)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/**
 * Asks whether a user may be signed in and get tokens for a client.
 *
 * @throws OAuthError `temporarily_unavailable` when it cannot be found out, never a wrong no.
 */
export async function isActive(
  subject: string,
  clientId: string,
  { profile }: Pick<ServerContext, 'profile'>,
): Promise<boolean> {
  // Called as a method, for a profile service may be a class.
  return orUnavailable(
    'the user',
    async () => (await profile.isActive?.({ subject, clientId })) ?? true,
  )
}
