import type { SenderConstraints } from '../sender-constraints/prove-binding.js'

/** What a resource says about itself to clients (RFC 9728 section 2). */
export interface ProtectedResourceMetadata {
  /** Exactly as configured. */
  readonly resource: string
  readonly authorization_servers: readonly string[]
  readonly bearer_methods_supported: readonly string[]
  readonly scopes_supported?: readonly string[]
  /** The types of authorization details it knows (RFC 9396). */
  readonly authorization_details_types_supported?: readonly string[]
  /** Whether every token has to be bound to a key (RFC 9449). */
  readonly dpop_bound_access_tokens_required?: boolean
  /** What DPoP proofs may be signed with. */
  readonly dpop_signing_alg_values_supported?: readonly string[]
  /** Whether tokens may be bound to a client certificate (RFC 8705). */
  readonly tls_client_certificate_bound_access_tokens?: boolean
  /** Shown to people. */
  readonly resource_name?: string
  readonly resource_documentation?: string
  readonly resource_policy_uri?: string
  readonly resource_tos_uri?: string
}

/** The metadata an API may set itself. The rest follows from its configuration. */
export type MetadataOptions = Partial<
  Pick<
    ProtectedResourceMetadata,
    | 'scopes_supported'
    | 'authorization_details_types_supported'
    | 'resource_name'
    | 'resource_documentation'
    | 'resource_policy_uri'
    | 'resource_tos_uri'
  >
>

/** What {@link createMetadata} needs. */
export interface MetadataSource {
  readonly resource: string
  readonly issuers: readonly string[]
  readonly bearerMethods: readonly string[]
  readonly scopes: readonly string[] | undefined
  readonly displayName: string | undefined
  readonly metadata: MetadataOptions
  readonly constraints: SenderConstraints
}

type ConstraintMetadata = Pick<
  ProtectedResourceMetadata,
  | 'dpop_bound_access_tokens_required'
  | 'dpop_signing_alg_values_supported'
  | 'tls_client_certificate_bound_access_tokens'
>

function describeConstraints({ dpop, mtls }: SenderConstraints): ConstraintMetadata {
  return {
    ...(dpop?.mode === 'require' && { dpop_bound_access_tokens_required: true }),
    ...(dpop?.advertise === true && { dpop_signing_alg_values_supported: [...dpop.algorithms] }),
    ...(mtls && { tls_client_certificate_bound_access_tokens: true }),
  }
}

// They are about the client's session with the authorization server and mean nothing to a resource.
const notOfResources: ReadonlySet<string> = new Set(['openid', 'offline_access'])

/** Makes the metadata document of a resource. */
export function createMetadata({
  resource,
  issuers,
  bearerMethods,
  scopes,
  displayName,
  metadata,
  constraints,
}: MetadataSource): ProtectedResourceMetadata {
  return {
    resource,
    authorization_servers: issuers,
    bearer_methods_supported: bearerMethods,
    ...(scopes && { scopes_supported: scopes.filter((scope) => !notOfResources.has(scope)) }),
    ...(displayName !== undefined && { resource_name: displayName }),
    ...describeConstraints(constraints),
    ...metadata,
  }
}
