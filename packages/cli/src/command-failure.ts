/** A reason why a command cannot do its work. People read its message; the exit code is 1. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
}
