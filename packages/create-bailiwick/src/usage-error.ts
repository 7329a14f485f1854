/** A command line that makes no sense. People read its message together with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
