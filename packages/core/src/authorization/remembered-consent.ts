import { hash } from 'node:crypto'
import { collection } from '../collection.js'
import type { Collection } from '../collection.js'
import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { never } from '../stores/never.js'
import { knownScope } from './consent-item.js'
import type { ConsentItem } from './consent-item.js'

/** What a user has allowed a client for good. */
export interface RememberedConsent {
  /** Seconds since the epoch. */
  readonly since: number
  readonly items: readonly ConsentItem[]
}

/** Whose consent it is, and to whom it is given. */
export interface ConsentParties {
  readonly subject: string
  readonly client: RegisteredClient
}

type State = Pick<ServerContext, 'store' | 'now'>

/** The stored consents: one for each user and client. */
export const consents = (context: State): Collection<RememberedConsent> =>
  collection('consent', context)

const idOf = ({ subject, client }: ConsentParties): string =>
  hash('sha256', JSON.stringify([subject, client.clientId]), 'base64url')

const isSame = (one: ConsentItem, other: ConsentItem): boolean =>
  one.scope === other.scope && one.resource === other.resource

/** What is not remembered without being asked for again: it means more each time. */
const isAlwaysAsked = (
  { scope }: ConsentItem,
  context: Pick<ServerContext, 'scopeParser' | 'resources'>,
): boolean =>
  scope === 'offline_access' || knownScope(scope, context)?.scope.parameter !== undefined

/** Tells whether a user has allowed all of this before, and need not be asked again. */
export async function isRemembered(
  items: readonly ConsentItem[],
  parties: ConsentParties,
  context: ServerContext,
): Promise<boolean> {
  if (items.length === 0) return true
  if (!parties.client.consent.mayBeRemembered) return false
  if (items.some((item) => isAlwaysAsked(item, context))) return false
  const remembered = await consents(context).find(idOf(parties))
  return items.every((item) => remembered?.data.items.some((other) => isSame(item, other)) === true)
}

/** Remembers what a user allows now, in place of what was allowed before. Nothing allowed: nothing remembered. */
export async function rememberConsent(
  items: readonly ConsentItem[],
  parties: ConsentParties,
  context: State,
): Promise<void> {
  const { subject, client } = parties
  const id = idOf(parties)
  await consents(context).take(id)
  if (items.length === 0 || !client.consent.mayBeRemembered) return
  const since = context.now()
  await consents(context).insert({
    id,
    subject,
    clientId: client.clientId,
    expiresAt: Math.min(since + client.consent.lifetime, never),
    data: { since, items },
  })
}
