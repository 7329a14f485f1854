import { clientCredentials } from './client-credentials.js'
import type { Grant } from './grant.js'

/** The grants a server offers unless told otherwise. */
export const defaultGrants: readonly Grant[] = [clientCredentials]
