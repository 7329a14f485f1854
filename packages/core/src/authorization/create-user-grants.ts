import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { authorizationCodes } from '../tokens/authorization-code.js'
import { refreshTokens } from '../tokens/refresh-token.js'
import { removeTokens } from '../tokens/remove-tokens.js'
import { consentItems } from './consent-item.js'
import type { ConsentItem } from './consent-item.js'
import { describeConsent } from './describe-consent.js'
import { consents } from './remembered-consent.js'
import type { UserGrant, UserGrants } from './user-grants.js'

/** Something that a user has allowed a client, wherever it is stored. */
interface Allowed {
  readonly clientId: string | undefined
  readonly since: number
  readonly items: (client: RegisteredClient) => readonly ConsentItem[]
  readonly isRefreshToken: boolean
}

async function allowedBy(subject: string, context: ServerContext): Promise<readonly Allowed[]> {
  const remembered = await consents(context).list({ subject })
  const tokens = await refreshTokens(context).list({ subject })
  return [
    ...remembered.map(({ clientId, data: { since, items } }) => ({
      clientId,
      since,
      items: () => items,
      isRefreshToken: false,
    })),
    ...tokens.map(({ clientId, data: { createdAt, scopes, resources = [] } }) => ({
      clientId,
      since: createdAt,
      items: (client: RegisteredClient) => consentItems({ client, scopes, resources }, context),
      isRefreshToken: true,
    })),
  ]
}

const distinct = (items: readonly ConsentItem[]): readonly ConsentItem[] => [
  ...new Map(items.map((item) => [JSON.stringify([item.scope, item.resource]), item])).values(),
]

function grantTo(
  client: RegisteredClient,
  allowed: readonly Allowed[],
  context: ServerContext,
): UserGrant {
  const items = distinct(allowed.flatMap((entry) => entry.items(client)))
  return {
    client: client.display,
    since: Math.min(...allowed.map(({ since }) => since)),
    allowed: describeConsent(items, context),
    hasRefreshTokens: allowed.some(({ isRefreshToken }) => isRefreshToken),
  }
}

const nameOf = ({ client: { clientName, clientId } }: UserGrant): string => clientName ?? clientId

/** Creates what a page uses on which users see and take back what they allowed. */
export function createUserGrants(context: ServerContext): UserGrants {
  return {
    async list(subject) {
      const allowed = await allowedBy(subject, context)
      const clientIds = [...new Set(allowed.flatMap(({ clientId }) => clientId ?? []))]
      const clients = await Promise.all(clientIds.map((clientId) => context.clients.find(clientId)))
      return clients
        .filter((client) => client !== undefined)
        .map((client) =>
          grantTo(
            client,
            allowed.filter(({ clientId }) => clientId === client.clientId),
            context,
          ),
        )
        .toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)))
    },
    async revoke(grant) {
      const { subject, clientId } = grant
      // A filter that lacks a member chooses more, and callers in JavaScript are not told by the compiler.
      if (typeof subject !== 'string' || typeof clientId !== 'string') {
        throw new TypeError('a grant is revoked by its subject and its clientId: both are needed')
      }
      await consents(context).removeAll({ subject, clientId })
      await authorizationCodes(context).removeAll({ subject, clientId })
      await removeTokens({ subject, clientId }, context)
    },
  }
}
