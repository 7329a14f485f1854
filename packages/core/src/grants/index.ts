import { authorizationCode } from './authorization-code.js'
import { clientCredentials } from './client-credentials.js'
import type { Grant } from './grant.js'
import { refreshToken } from './refresh-token.js'

/** The grants a server offers unless told otherwise. */
export const defaultGrants: readonly Grant[] = [authorizationCode, refreshToken, clientCredentials]
