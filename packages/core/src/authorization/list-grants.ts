import type { Entry, EntryPart } from '../collection.js'
import type { ServerContext } from '../context.js'
import type { Page } from '../stores/store.js'
import { scopesOf } from '../tokens/judge-access-token.js'
import { referenceTokens } from '../tokens/reference-token.js'
import { refreshTokens } from '../tokens/refresh-token.js'
import type { AdministrationFilter, GrantDetails, ListPart } from './administration.js'
import { consents } from './remembered-consent.js'

/** One kind of grant: how to list it. */
type GrantList = (
  filter: AdministrationFilter,
  page: Page,
  context: ServerContext,
) => Promise<ListPart<GrantDetails>>

type Described = Pick<GrantDetails, 'kind' | 'scopes'>

const partOf = <Data>(
  { entries, next }: EntryPart<Data>,
  describe: (data: Data) => Described,
): ListPart<GrantDetails> => ({
  items: entries.map((entry) => ({ ...describe(entry.data), ...ownersOf(entry) })),
  ...(next !== undefined && { next }),
})

function ownersOf<Data>({
  subject,
  clientId,
  sessionId,
  expiresAt,
}: Entry<Data>): Omit<GrantDetails, keyof Described> {
  return {
    ...(subject !== undefined && { subject }),
    ...(clientId !== undefined && { clientId }),
    ...(sessionId !== undefined && { sessionId }),
    expiresAt,
  }
}

/** The kinds in the order in which they are listed. */
const lists: readonly GrantList[] = [
  async (filter, page, context) =>
    partOf(await consents(context).listPart(filter, page), ({ items }) => ({
      kind: 'consent',
      scopes: [...new Set(items.map(({ scope }) => scope))],
    })),
  async (filter, page, context) =>
    partOf(await referenceTokens(context).listPart(filter, page), ({ claims }) => ({
      kind: 'reference_token',
      scopes: scopesOf(claims['scope']),
    })),
  async (filter, page, context) =>
    partOf(await refreshTokens(context).listPart(filter, page), ({ scopes }) => ({
      kind: 'refresh_token',
      scopes,
    })),
]

/** Where a list goes on: in which kind, and where in it. */
interface Place {
  readonly kind: number
  readonly after?: string
}

const write = ({ kind, after = '' }: Place): string => `${kind} ${after}`

function read(text: string | undefined): Place {
  if (text === undefined) return { kind: 0 }
  const [kind = '', after = ''] = text.split(/ (.*)/s)
  return { kind: Number(kind), ...(after !== '' && { after }) }
}

/** Lists what agrees with a filter, one kind after another, until the part is full. */
export async function listGrants(
  filter: AdministrationFilter,
  { limit, after }: Page,
  context: ServerContext,
): Promise<ListPart<GrantDetails>> {
  const place = read(after)
  const list = lists[place.kind]
  if (list === undefined) return { items: [] }
  const page = { limit, ...(place.after !== undefined && { after: place.after }) }
  const { items, next } = await list(filter, page, context)
  if (next !== undefined) return { items, next: write({ ...place, after: next }) }
  if (place.kind === lists.length - 1) return { items }
  const following = write({ kind: place.kind + 1 })
  if (items.length >= limit) return { items, next: following }
  const more = { limit: limit - items.length, after: following }
  const rest = await listGrants(filter, more, context)
  return { ...rest, items: [...items, ...rest.items] }
}
