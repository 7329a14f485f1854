import { isResourceIndicator, OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { Parameters } from '../http/parameters.js'
import { quoted } from '../http/quoted.js'

/**
 * Reads the one `resource` that a token request may have (RFC 8707 section 2.2).
 *
 * @throws OAuthError `invalid_target` when there are several, or when it is no absolute URI without a fragment.
 */
export function readResourceIndicator(
  parameters: Parameters,
  { report }: Pick<ServerContext, 'report'>,
): string | undefined {
  const [indicator, ...others] = parameters.getAll('resource')
  if (others.length > 0) {
    throw new OAuthError('invalid_target', {
      description: 'resource may be sent once: an access token is for one resource at a time',
    })
  }
  if (indicator !== undefined && !isResourceIndicator(indicator)) {
    report?.({ type: 'resource_refused', resource: indicator, reason: 'malformed' })
    throw new OAuthError('invalid_target', {
      description: `resource ${quoted(indicator)} is not an absolute URI without a fragment of at most 512 characters`,
    })
  }
  return indicator
}
