import type { ServerContext } from '../context.js'
import { authorizationCodes } from '../tokens/authorization-code.js'
import type { AdministrationFilter } from './administration.js'

/** Takes back the codes that nobody has redeemed yet. One that was redeemed stays, so that a second use is noticed. */
export async function removeUnusedCodes(
  filter: AdministrationFilter,
  context: Pick<ServerContext, 'store' | 'now'>,
): Promise<void> {
  const codes = authorizationCodes(context)
  const issued = await codes.list(filter)
  const unused = issued.filter(({ data }) => data.redeemedFor === undefined)
  await Promise.all(unused.map(({ id }) => codes.take(id)))
}
