import type { AuthenticatedUser } from './issuance.js'
import { present } from './present.js'

/** What tokens say of how a user signed in (OpenID Connect Core 1.0 section 2). */
export const authenticationClaims = ({
  authTime,
  amr,
  acr,
  sessionId,
  identityProvider,
}: AuthenticatedUser): Readonly<Record<string, unknown>> =>
  present({ auth_time: authTime, amr, acr, sid: sessionId, idp: identityProvider })
