import type {
  ApiResource,
  ApiScopeEntry,
  ApiScopeName,
  IdentityResourceEntry,
} from '@bailiwick/protocol'
import type { Configuration } from './configuration.js'

/** Resource definitions whose names are known to the compiler. */
interface NamedResources<
  Identities extends readonly IdentityResourceEntry[],
  Scopes extends readonly ApiScopeEntry[],
  Apis extends readonly ApiResource[],
> {
  readonly identityResources?: Identities
  readonly apiScopes?: Scopes
  readonly apiResources?: Apis
}

/**
 * Types a configuration file: an API resource or a client that names an undeclared scope does not compile. It returns
 * what it is given; `bailiwick serve` checks the values.
 *
 * @example
 * ```ts
 * export default defineConfiguration({
 *   apiScopes: ['invoice.read'],
 *   apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read'] }],
 *   clients: [
 *     {
 *       clientId: 'report',
 *       clientSecrets: [{ value: sha256('secret') }],
 *       allowedGrantTypes: ['client_credentials'],
 *       allowedScopes: ['invoice.read'],
 *     },
 *   ],
 * })
 * ```
 */
export function defineConfiguration<
  const Identities extends readonly IdentityResourceEntry[] = readonly [],
  const Scopes extends readonly ApiScopeEntry[] = readonly [],
  const Apis extends readonly ApiResource<string, ApiScopeName<{ readonly apiScopes: Scopes }>>[] =
    readonly [],
>(
  configuration: NamedResources<Identities, Scopes, Apis> &
    Configuration<NamedResources<Identities, Scopes, Apis>>,
): Configuration {
  return configuration
}
