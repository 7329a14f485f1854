import type { HttpRequest } from '@bailiwick/protocol'
import type { Site } from '../site.js'

/** The path below the issuer, with and without the path of the issuer: a framework or a proxy may have taken it off. */
export function pathsBelowIssuer(
  { url }: HttpRequest,
  { issuerPath }: Pick<Site, 'issuerPath'>,
): readonly string[] {
  const [path = ''] = url.split('?', 1)
  return path.startsWith(`${issuerPath}/`) ? [path.slice(issuerPath.length), path] : [path]
}
