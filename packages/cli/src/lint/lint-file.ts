import { extname } from 'node:path'
import { defaultIssuer } from '../commands/default-issuer.js'
import { loadConfiguration } from '../configuration/load-configuration.js'
import { locateJsonPaths, positionOfPath } from '../configuration/locate-json-paths.js'
import { readTextFile } from '../read-text-file.js'
import { lintConfiguration } from './lint-configuration.js'
import type { LintOptions } from './lint-configuration.js'
import type { Report } from './reports/report.js'

/**
 * Reads a configuration file and lints what is in it. In JSON the place of each finding is told.
 *
 * @throws CommandFailure when the file cannot be read or its configuration is not valid.
 */
export async function lintFile(file: string, options: LintOptions): Promise<Report> {
  const configuration = await loadConfiguration(file, { defaultIssuer })
  const positions =
    extname(file) === '.json' ? locateJsonPaths(await readTextFile(file)) : new Map<string, never>()
  const findings = lintConfiguration(configuration, options)
  return {
    file,
    findings: findings.map((finding) => ({
      ...finding,
      ...positionOfPath(finding.path, positions),
    })),
  }
}
