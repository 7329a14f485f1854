import type { ServerContext } from '../context.js'
import type { Page } from '../stores/store.js'
import type { Administration, AdministrationFilter, SessionDetails } from './administration.js'
import { sessions } from './browser-session.js'
import type { SessionEntry } from './browser-session.js'
import { ownersOf, withClient } from './find-sessions.js'
import { listGrants } from './list-grants.js'
import { revokeEverything } from './revoke-everything.js'

const members = ['subject', 'clientId', 'sessionId'] as const

/** A filter that lacks a member chooses more, and callers in JavaScript are not told by the compiler. */
function checkFilter(filter: AdministrationFilter): AdministrationFilter {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined)
  const isKnown = ([name, value]: readonly [string, unknown]): boolean =>
    members.some((member) => member === name) && typeof value === 'string'
  if (given.length > 0 && given.every(isKnown)) return filter
  throw new TypeError(`a filter has one or more of ${members.join(', ')}, each a string`)
}

function pageOf({ limit = 100, after }: Partial<Page> = {}): Page {
  // Stores differ in what they make of other numbers: everything, nothing and no more, or a failure.
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new TypeError('limit is a whole number from 1 on')
  }
  return { limit, ...(after !== undefined && { after }) }
}

function detailsOf({ sessionId, expiresAt, data }: SessionEntry): SessionDetails {
  const { subject, authTime, amr = [], clients } = data
  return { sessionId, subject, authTime, amr, clientIds: clients, expiresAt }
}

/** Creates what administrators use. */
export function createAdministration(context: ServerContext): Administration {
  return {
    async listSessions(filter, page) {
      const owners = ownersOf(checkFilter(filter))
      const { entries, next } = await sessions(context).listPart(owners, pageOf(page))
      const items = withClient(entries, filter).map(detailsOf)
      return { items, ...(next !== undefined && { next }) }
    },
    listGrants: async (filter, page) => listGrants(checkFilter(filter), pageOf(page), context),
    revoke: async (filter) => revokeEverything(checkFilter(filter), context),
  }
}
