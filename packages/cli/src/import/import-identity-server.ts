import { lintConfiguration } from '../lint/lint-configuration.js'
import type { Finding, LintOptions } from '../lint/lint-configuration.js'
import { configurationOf } from './configuration-of.js'
import { collectFindings } from './findings.js'
import { mapConfiguration } from './mapping/map-configuration.js'
import { refuseValues } from './refuse-values.js'
import type { IdentityServerConfiguration } from './sources/identity-server-configuration.js'
import { writeConfiguration } from './writing/write-configuration.js'

/** What came of an import. */
export interface Imported {
  /** The TypeScript file. */
  readonly text: string
  /** About what it was made from. */
  readonly findings: readonly Finding[]
  /** About what was made. */
  readonly lint: readonly Finding[]
}

/** Makes a configuration of that of an IdentityServer, and tells what became of everything that is not in it. */
export function importIdentityServer(
  source: IdentityServerConfiguration,
  { shownAs, now }: LintOptions & { readonly shownAs: string },
): Imported {
  const { report, findings } = collectFindings()
  const accepted = refuseValues(mapConfiguration(source, report), report)
  return {
    text: writeConfiguration(accepted, shownAs),
    findings: findings(),
    lint: lintConfiguration(configurationOf(accepted.draft), { now }),
  }
}
