import type { ReportFinding } from '../findings.js'
import type { IdentityServerConfiguration } from '../sources/identity-server-configuration.js'
import { mapClient } from './client.js'
import type { Draft } from './draft.js'
import { reportGeneralDifferences } from './general-differences.js'
import { mapApiResource, mapApiScope, mapIdentityResource } from './resource-members.js'
import { mapServerOptions } from './server-options.js'

/** Makes a configuration of that of an IdentityServer, and reports what becomes different. Nothing is checked yet. */
export function mapConfiguration(
  source: IdentityServerConfiguration,
  report: ReportFinding,
): Draft {
  const context = { origin: source.origin, report }
  const draft: Draft = {
    options: mapServerOptions(source.others, report),
    identityResources: source.identityResources.map((entry) => mapIdentityResource(entry, context)),
    apiScopes: source.apiScopes.map((entry) => mapApiScope(entry, context)),
    apiResources: source.apiResources.map((entry) => mapApiResource(entry, context)),
    clients: source.clients.flatMap((entry) => mapClient(entry, context)),
  }
  reportGeneralDifferences(draft, report)
  return draft
}
