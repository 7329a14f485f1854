import type { ReportFinding } from '../findings.js'
import type { ImportRuleId } from '../rules.js'
import type { IdentityServerConfiguration } from '../sources/identity-server-configuration.js'
import type { Section } from '../sources/section.js'
import type { PropertyReader } from './read-properties.js'

/** A property that has no counterpart. */
export interface UncarriedProperty {
  readonly name: string
  /** The texts of the value that it has when it is not set. */
  readonly byDefault?: readonly string[]
  readonly ruleId: ImportRuleId
  readonly message: string
  readonly fix: string
}

/** What entries are mapped with. */
export interface MappingContext {
  readonly origin: IdentityServerConfiguration['origin']
  readonly report: ReportFinding
}

const isSet = ({ text = '', children }: Section): boolean => text !== '' || children.length > 0

/** Reports properties without a counterpart that are set. A database states defaults too; only a file says them on purpose. */
export function reportUncarried(
  properties: readonly UncarriedProperty[],
  reader: PropertyReader,
  { origin, report }: MappingContext,
): void {
  for (const { name, byDefault = [], ruleId, message, fix } of properties) {
    const found = reader.property(name)
    if (found === undefined || !isSet(found)) continue
    const { path, text = '' } = found
    if (!byDefault.includes(text.toLowerCase())) report(ruleId, { path, message, fix })
    else if (origin === 'file') {
      const restated = `${name} is what it is by default`
      report('restated-default', { path, message: restated, fix: 'nothing to do' })
    }
  }
}

/** Reports what nobody has read. */
export function reportUnknown({ rest }: PropertyReader, report: ReportFinding): void {
  for (const section of rest().filter(isSet)) {
    report('unknown-property', {
      path: section.path,
      message: `${section.name} is not known`,
      fix: 'look up what your IdentityServer makes of it',
    })
  }
}
