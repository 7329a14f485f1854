/** One thing that is wrong with a configuration. */
export interface ConfigurationProblem {
  /** Where it is, e.g. `apiResources[2].scopes[0]`. */
  readonly path: string
  /** What is wrong, and what to do about it. */
  readonly message: string
}

/** A configuration that cannot work, with everything that is wrong with it. Thrown at start-up. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly problems: readonly ConfigurationProblem[]

  constructor(problems: readonly ConfigurationProblem[]) {
    const lines = problems.map(({ path, message }) => `\n  ${path}: ${message}`)
    super(
      `the configuration has ${lines.length} problem${lines.length === 1 ? '' : 's'}:${lines.join('')}`,
    )
    this.problems = problems
  }
}
