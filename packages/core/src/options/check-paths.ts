import type { ConfigurationProblem } from '@bailiwick/protocol'
import type { EndpointPaths } from '../endpoint-paths.js'

/** Finds paths at which no request could arrive, or at which two endpoints would wait for it. */
export function checkPaths(paths: Required<EndpointPaths>): readonly ConfigurationProblem[] {
  const entries = Object.entries(paths)
  return entries.flatMap(([name, path], index) => {
    if (!/^\/[^?#]*$/.test(path)) {
      return [{ path: `paths.${name}`, message: `'${path}' must begin with / and be a path only` }]
    }
    const [other] = entries.slice(0, index).find(([, taken]) => taken === path) ?? []
    if (other === undefined) return []
    return [{ path: `paths.${name}`, message: `'${path}' is also the path of ${other}` }]
  })
}
