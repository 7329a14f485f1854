import type { ServerContext } from '../context.js'
import { findSession } from './browser-session.js'
import type { Sessions } from './sessions.js'

/** Creates what pages use that need to know who is signed in. */
export function createSessions(context: ServerContext): Sessions {
  return {
    async find(request) {
      const session = await findSession(request, context)
      if (session === undefined) return undefined
      const { sessionId, data } = session
      return { sessionId, subject: data.subject, authTime: data.authTime }
    },
  }
}
