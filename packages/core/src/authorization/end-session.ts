import type { ServerContext } from '../context.js'
import { sessions } from './browser-session.js'
import type { SessionEntry } from './browser-session.js'

/** Ends a session: nobody is signed in with it any more. */
export async function endSession(session: SessionEntry, context: ServerContext): Promise<void> {
  await sessions(context).take(session.id)
}
