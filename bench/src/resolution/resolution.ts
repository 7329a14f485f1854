import { createAuthorizationServer } from '@bailiwick/core'
import type { HttpRequest } from '@bailiwick/protocol'
import { parseScope } from '@bailiwick/protocol'
// Resolution is no part of what core exports: it is measured by itself because a signature takes far longer.
import { resolveOptions } from '../../../packages/core/dist/options.js'
import { narrowResources } from '../../../packages/core/dist/resources/narrow-resources.js'
import { validateResources } from '../../../packages/core/dist/resources/validate-resources.js'
import { catalogueOf, credentials } from './catalogue.js'
import type { CatalogueSize } from './catalogue.js'

/** Does what is measured once, for one value of the `scope` parameter. */
export type Operation = (scope: string) => unknown

/** From the value of `scope` to the audience and the scopes of a token, and nothing else. */
export async function createResolution(size: CatalogueSize): Promise<Operation> {
  const { context } = resolveOptions(catalogueOf(size))
  const client = await context.clients.find(credentials.clientId)
  if (client === undefined) throw new TypeError('the client is missing')
  return (scope) => {
    const request = { client, scopes: parseScope(scope), resources: [], hasUser: false }
    return narrowResources(validateResources(request, context), undefined, context)
  }
}

/** A whole token request without HTTP: resolution among everything else. */
export async function createTokenRequest(size: CatalogueSize): Promise<Operation> {
  const { handle } = createAuthorizationServer(catalogueOf(size))
  const { clientId, clientSecret } = credentials
  const headers: HttpRequest['headers'] = {
    authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
    'content-type': 'application/x-www-form-urlencoded',
  }
  return async (scope) => {
    const body = `grant_type=client_credentials&scope=${scope.replaceAll(' ', '+')}`
    const answer = await handle({ method: 'POST', url: '/token', headers, body: async () => body })
    if (answer?.status === 200) return answer
    throw new Error(`the token endpoint answers ${answer?.status}: ${answer?.body}`)
  }
}
