import type { ConfigurationProblem } from '@bailiwick/protocol'

/** Reports what is wrong at a path, if anything is. */
export function problemAt(
  path: string,
  fault: string | undefined,
): readonly ConfigurationProblem[] {
  return fault === undefined ? [] : [{ path, message: fault }]
}
