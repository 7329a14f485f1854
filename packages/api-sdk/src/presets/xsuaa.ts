import type { IssuerOptions } from '../options/resource-server-options.js'
import { reject } from '../requirements/requirement.js'
import { rfc9068 } from '../tokens/token-shape.js'
import { readOptions } from './read-options.js'

/** Which XSUAA issues tokens, and for which application. Both stand in the credentials of the service binding. */
export interface XsuaaOptions {
  /**
   * Where the tenant is: `https://example.authentication.eu10.hana.ondemand.com`. The binding has the one of the provider;
   * a subscriber has the same with its own subdomain, and is an issuer of its own.
   */
  readonly url: string
  /** The application, with what the service has appended to its name: `myapp!t123`. */
  readonly xsappname: string
}

// Which characters it may have is in the SAP Help Portal: Application Security Descriptor Configuration Syntax. A period
// is not among them, so that what follows one belongs to a scope.
const isAppName = (value: unknown): boolean =>
  typeof value === 'string' && /^[\w\\/!-]+$/.test(value)

const machineGrants: ReadonlySet<unknown> = new Set(['client_credentials', 'client_x509'])

/**
 * Trusts a tenant of XSUAA, which is Authorization and Trust Management of SAP BTP: the header of its tokens has the `typ`
 * of ID tokens; the client is in `client_id`, `cid` and `azp`; `grant_type` tells machines; role collections are roles.
 * Keys come from `<url>/token_keys` alone: the `jku` that every token has is not read.
 *
 * Scopes keep the name of the application, as XSUAA issues them: `guard('myapp!t123.Display')`. The audience is made of
 * them: a token without any scope of this application is not for it. The client of the binding does not count as an
 * audience, because ID tokens name it too.
 *
 * What tells ID tokens and refresh tokens is taken from the UAA of Cloud Foundry, of which XSUAA is made: SAP does not
 * publish their claims.
 *
 * @throws ConfigurationError when the address or the application is none.
 */
export function xsuaa(options: XsuaaOptions): IssuerOptions {
  const { url, xsappname } = readOptions('xsuaa', options, 'url and xsappname')
  if (typeof url !== 'string' || url === '' || url.endsWith('/'))
    reject('xsuaa.url', 'the url of the service binding is needed, without / at the end')
  if (!isAppName(xsappname))
    reject('xsuaa.xsappname', 'the xsappname of the service binding is needed, as myapp!t123')
  return {
    issuer: `${url}/oauth/token`,
    jwks: { uri: `${url}/token_keys` },
    algorithms: ['RS256'],
    // The audience of a scope a.b.c is a.b: names of scopes may have periods.
    audience: (audiences) =>
      audiences.some((name) => name === xsappname || name.startsWith(`${xsappname}.`)),
    tokenShape: {
      ...rfc9068,
      typ: ['JWT'],
      client: ['client_id', 'cid', 'azp'],
      // ID tokens have email_verified, refresh tokens granted_scopes. Not nonce, which access tokens repeat.
      forbidden: ['at_hash', 'c_hash', 'email_verified', 'granted_scopes'],
      scopes: ['scope'],
      roles: [['xs.system.attributes', 'xs.rolecollections']],
      isMachine: (holder) =>
        rfc9068.isMachine(holder) || machineGrants.has(holder.claims['grant_type']),
    },
  }
}
