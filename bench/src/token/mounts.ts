import type { RequestListener } from 'node:http'
import type { HttpHandler } from '@bailiwick/protocol'
import type { Provider } from 'oidc-provider'
import type { BareEndpoint } from './bare-endpoint.js'

/** How each contender is mounted on one framework, every time as its documentation says. */
export interface Mounts {
  readonly bailiwick: (handle: HttpHandler) => RequestListener
  readonly bare: (endpoint: BareEndpoint) => RequestListener
  readonly oidcProvider: (provider: Provider) => RequestListener
}
