import type { ApiResource, ApiScope, IdentityResource } from '@bailiwick/protocol'
import type { Section } from '../sources/section.js'
import type { DraftEntry } from './draft.js'
import { given } from './given.js'
import { readProperties } from './read-properties.js'
import type { PropertyReader } from './read-properties.js'
import { mapSecrets } from './secrets.js'
import { reportUnknown } from './uncarried-properties.js'
import type { MappingContext } from './uncarried-properties.js'

const nameMembers = ({ text }: PropertyReader) => ({
  name: text('Name') ?? '',
  ...given({ displayName: text('DisplayName'), description: text('Description') }),
})

const visibilityMembers = ({ flag }: PropertyReader) => ({
  enabled: flag('Enabled', true),
  showInDiscoveryDocument: flag('ShowInDiscoveryDocument', true),
})

const consentMembers = ({ flag }: PropertyReader) => ({
  required: flag('Required', false),
  emphasize: flag('Emphasize', false),
})

const toIdentityResource = (reader: PropertyReader): IdentityResource => ({
  ...nameMembers(reader),
  ...given({ ...visibilityMembers(reader), ...consentMembers(reader) }),
  userClaims: reader.list('UserClaims') ?? [],
  ...given({ properties: reader.pairs('Properties') }),
})

const toApiScope = (reader: PropertyReader): ApiScope => ({
  ...nameMembers(reader),
  ...given({
    ...visibilityMembers(reader),
    ...consentMembers(reader),
    userClaims: reader.list('UserClaims'),
    properties: reader.pairs('Properties'),
  }),
})

/** Algorithms that do not exist here are found by the check of the result. */
type Algorithms = ApiResource['allowedAccessTokenSigningAlgorithms']

const toApiResource = (reader: PropertyReader, { report }: MappingContext): ApiResource => ({
  ...nameMembers(reader),
  ...given({
    ...visibilityMembers(reader),
    scopes: reader.list('Scopes'),
    userClaims: reader.list('UserClaims'),
    secrets: mapSecrets(reader.entries('ApiSecrets'), report),
    requireResourceIndicator: reader.flag('RequireResourceIndicator', false),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see Algorithms
    allowedAccessTokenSigningAlgorithms: reader.list(
      'AllowedAccessTokenSigningAlgorithms',
    ) as Algorithms,
    properties: reader.pairs('Properties'),
  }),
})

/** Reports that an entry is disabled. */
export function reportDisabled(
  { enabled = true }: { readonly enabled?: boolean },
  { path }: Section,
  { report }: MappingContext,
): void {
  if (enabled) return
  report('disabled', { path, message: 'it is disabled', fix: 'remove it if nobody needs it' })
}

const mapEntry =
  <Value extends { readonly enabled?: boolean }>(
    toValue: (reader: PropertyReader, context: MappingContext) => Value,
  ) =>
  (source: Section, context: MappingContext): DraftEntry<Value> => {
    const reader = readProperties(source, context.report)
    const value = toValue(reader, context)
    reportUnknown(reader, context.report)
    reportDisabled(value, source, context)
    return { value, source }
  }

/** Maps an `IdentityResource`. */
export const mapIdentityResource = mapEntry(toIdentityResource)

/** Maps an `ApiScope`. */
export const mapApiScope = mapEntry(toApiScope)

/** Maps an `ApiResource`. */
export const mapApiResource = mapEntry(toApiResource)
