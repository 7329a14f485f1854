import type { ConfigurationProblem } from '@bailiwick/protocol'
import type { AuthorizationServerOptions } from './authorization-server-options.js'
import { problemAt } from './problem-at.js'
import { secondsFault } from './seconds-fault.js'
import { webUrlFault } from './web-url-fault.js'

// What a path may hold (RFC 3986 section 3.3).
const path = /^\/(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9a-f]{2})*$/i

function interactionUrlFault(url: string): string | undefined {
  if (/[?#]/.test(url)) return 'it must have neither query nor fragment, because an id is appended'
  if (url.endsWith('/')) return 'it must not end with /, because a slash and an id are appended'
  if (!url.startsWith('/') && !URL.canParse(url)) {
    return 'it must be a path that begins with /, or an https URL'
  }
  if (!url.startsWith('/')) return webUrlFault(url)
  return path.test(url) ? undefined : 'it is no path: percent-encode what no path has'
}

/** Finds out why users could not be asked to sign in. */
export function checkInteraction({
  interactionUrl,
  interactionLifetime,
}: Required<
  Pick<AuthorizationServerOptions, 'interactionUrl' | 'interactionLifetime'>
>): readonly ConfigurationProblem[] {
  return [
    ...problemAt('interactionUrl', interactionUrlFault(interactionUrl)),
    ...problemAt('interactionLifetime', secondsFault(interactionLifetime)),
  ]
}
