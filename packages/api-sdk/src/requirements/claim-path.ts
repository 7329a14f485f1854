import type { Claims } from '../tokens/decode-token.js'
import { reject } from './requirement.js'

/** Where a claim is: its name, taken literally, or a list of names as a path into nested claims. */
export type ClaimPath = string | readonly [string, ...string[]]

/** Makes a list of the names on a path. Throws a ConfigurationError when there are none. */
export function readPath(builder: string, path: ClaimPath): readonly string[] {
  const names: readonly string[] = [path].flat()
  if (names.length === 0 || !names.every((part) => typeof part === 'string' && part !== '')) {
    reject(builder, 'name the claim')
  }
  return names
}

/** Finds a claim. Own members only: `toString` is no claim unless somebody put it there. */
export function readClaim(claims: Claims, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    return Reflect.get(value, name)
  }, claims)
}
