/** Why no project is written. People read its message. */
export class CreationError extends Error {
  override readonly name = 'CreationError'
}
