import type { ConfigurationProblem } from '../configuration-error.js'
import { isSigningAlgorithm, signingAlgorithms } from '../signing-algorithm.js'
import type { SigningAlgorithm } from '../signing-algorithm.js'

/** Finds algorithms that do not exist, and those that no key exists for. */
export function checkAlgorithms(
  algorithms: readonly SigningAlgorithm[],
  path: string,
  available: readonly SigningAlgorithm[],
): readonly ConfigurationProblem[] {
  return algorithms.flatMap((algorithm, index) => {
    const at = `${path}[${index}]`
    if (!isSigningAlgorithm(algorithm)) {
      return [
        { path: at, message: `'${String(algorithm)}' is none of ${signingAlgorithms.join(', ')}` },
      ]
    }
    if (available.includes(algorithm)) return []
    return [
      {
        path: at,
        message: `no key signs with ${algorithm}: add one to signingKeys or remove the algorithm`,
      },
    ]
  })
}
