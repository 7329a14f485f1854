import type { ReportFinding } from '../findings.js'
import { otherTables } from '../sources/tables.js'
import type { Section } from '../sources/section.js'
import type { DraftOptions } from './draft.js'
import { given } from './given.js'
import { readProperties } from './read-properties.js'

const otherKinds: ReadonlySet<string> = new Set(otherTables.map(({ table }) => table))

/** The single values in a section. */
const leavesOf = (section: Section): readonly Section[] =>
  section.children.length === 0 ? [section] : section.children.flatMap(leavesOf)

function reportOther(section: Section, report: ReportFinding): void {
  if (otherKinds.has(section.name)) {
    report('other-entries', {
      path: section.path,
      message: 'it is not in the result',
      fix: 'build it into the page on which users sign in, if you need it',
    })
    return
  }
  for (const { path, name } of leavesOf(section)) {
    report('server-option', {
      path,
      message: `${name} is not in the result`,
      fix: 'look for its like among the options of the server',
    })
  }
}

/** Maps the options of the server that stand beside the entries. */
export function mapServerOptions(others: readonly Section[], report: ReportFinding): DraftOptions {
  const reader = readProperties({ name: '', path: '', children: others }, report)
  const issuer = reader.text('IssuerUri')
  const emitStaticAudienceClaim = reader.flag('EmitStaticAudienceClaim', false)
  if (reader.flag('EmitScopesAsSpaceDelimitedStringInJwt', false) === true) {
    report('scope-format', {
      path: reader.property('EmitScopesAsSpaceDelimitedStringInJwt')?.path ?? '',
      message: 'scope becomes a list',
      fix: 'remove compatibility from the result, and read what else that changes',
    })
  }
  if (issuer === undefined) {
    report('issuer', {
      path: 'IssuerUri',
      message: 'there is none',
      fix: 'set issuer in the result to the address that APIs and clients know',
    })
  }
  for (const section of reader.rest()) reportOther(section, report)
  return given({ issuer, emitStaticAudienceClaim })
}
