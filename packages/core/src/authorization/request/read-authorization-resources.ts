import { isResourceIndicator, OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../../context.js'
import type { Parameters } from '../../http/parameters.js'
import { quoted } from '../../http/quoted.js'

/**
 * Reads every `resource` of an authorization request, without repeats (RFC 8707 section 2.1).
 *
 * @throws OAuthError `invalid_target` that names those which are no absolute URI without a fragment.
 */
export function readAuthorizationResources(
  parameters: Parameters,
  { report }: Pick<ServerContext, 'report'>,
): readonly string[] {
  const indicators = [...new Set(parameters.getAll('resource'))]
  const offenders = indicators.filter((indicator) => !isResourceIndicator(indicator))
  if (offenders.length === 0) return indicators
  for (const resource of offenders) {
    report?.({ type: 'resource_refused', resource, reason: 'malformed' })
  }
  throw new OAuthError('invalid_target', {
    description: `resource ${quoted(...offenders)} is not an absolute URI without a fragment of at most 512 characters`,
  })
}
