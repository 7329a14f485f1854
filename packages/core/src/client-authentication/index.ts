import { clientSecretBasic } from './client-secret-basic.js'
import { clientSecretPost } from './client-secret-post.js'
import type { ClientAuthenticationMethod } from './method.js'
import { none } from './none.js'

/** The client authentication methods a server offers unless told otherwise. */
export const defaultClientAuthenticationMethods: readonly ClientAuthenticationMethod[] = [
  clientSecretBasic,
  clientSecretPost,
  none,
]
