import { ErrorReply } from '@redis/client'

/** Tells whether an error is an answer of the server to the command, so that nothing is wrong with the connection. */
export const isRefusal = (error: unknown): boolean =>
  // A server that was the primary and is none any more stays where it is; the address may lead to another by now.
  error instanceof ErrorReply && !error.message.startsWith('READONLY')
