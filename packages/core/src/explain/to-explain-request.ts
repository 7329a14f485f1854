import type { HttpRequest } from '@bailiwick/protocol'
import type { Login } from '../authorization/interaction.js'
import type { ServerContext } from '../context.js'
import { authorizationCodes } from '../tokens/authorization-code.js'
import type { AuthorizationGrant } from '../tokens/authorization-grant.js'
import { handleId } from '../tokens/handle.js'
import { findRefreshFamily } from '../tokens/refresh-token.js'
import type { ExplainRequest } from './explain-request.js'

/** A parameter as a member, if it has a value. */
function one<Name extends string>(
  name: Name,
  value: string | null | undefined,
): { readonly [Key in Name]?: string } {
  const members: { readonly [Key in string]?: string } =
    typeof value === 'string' && value.trim() !== '' ? { [name]: value } : {}
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has this member and no other
  return members as { readonly [Key in Name]?: string }
}

function resourcesOf(form: URLSearchParams): Pick<ExplainRequest, 'resources'> {
  const resources = form.getAll('resource').filter((value) => value.trim() !== '')
  return resources.length === 0 ? {} : { resources }
}

function loginOf({ user }: AuthorizationGrant): Login {
  const { subject, amr, acr, authTime, identityProvider } = user
  return {
    subject,
    ...(amr !== undefined && { amr }),
    ...(acr !== undefined && { acr }),
    ...(authTime !== undefined && { authTime }),
    ...(identityProvider !== undefined && { identityProvider }),
  }
}

/** The authorization request that leads to what was granted. */
const askedFor = (grant: AuthorizationGrant): Omit<ExplainRequest, 'clientId'> => ({
  grantType: 'authorization_code',
  scope: grant.scopes.join(' '),
  ...(grant.resources !== undefined &&
    grant.resources.length > 0 && { resources: grant.resources }),
  user: loginOf(grant),
})

async function redemption(
  form: URLSearchParams,
  context: ServerContext,
): Promise<Omit<ExplainRequest, 'clientId'> | undefined> {
  const entry = await authorizationCodes(context).find(handleId(form.get('code') ?? ''))
  return entry && { ...askedFor(entry.data), ...one('tokenResource', form.get('resource')) }
}

async function refresh(
  form: URLSearchParams,
  context: ServerContext,
): Promise<Omit<ExplainRequest, 'clientId'> | undefined> {
  const entry = await findRefreshFamily(form.get('refresh_token') ?? '', context)
  if (entry === undefined) return undefined
  return {
    ...askedFor(entry.data),
    refresh: { ...one('scope', form.get('scope')), ...one('resource', form.get('resource')) },
  }
}

/** Everything else that a grant of an application may look at. */
const ownParameters = (form: URLSearchParams): ExplainRequest['parameters'] & object =>
  Object.fromEntries(
    [...form].filter(([name]) => !/^(?:grant_type|scope|resource|client_.*)$/.test(name)),
  )

async function direct(form: URLSearchParams): Promise<Omit<ExplainRequest, 'clientId'>> {
  return {
    ...one('grantType', form.get('grant_type')),
    ...one('scope', form.get('scope')),
    ...resourcesOf(form),
    parameters: ownParameters(form),
  }
}

const byGrantType: Readonly<
  Record<
    string,
    (
      form: URLSearchParams,
      context: ServerContext,
    ) => Promise<Omit<ExplainRequest, 'clientId'> | undefined>
  >
> = { authorization_code: redemption, refresh_token: refresh }

function clientIdOf({ headers }: HttpRequest, form: URLSearchParams): string | undefined {
  const [, credentials] = /^basic +(.*)$/i.exec(String(headers['authorization'])) ?? []
  if (credentials === undefined) return form.get('client_id') ?? undefined
  const [id = ''] = Buffer.from(credentials, 'base64').toString().split(':', 1)
  return new URLSearchParams(`id=${id}`).get('id') ?? undefined
}

const authorizationOf = (form: URLSearchParams): Omit<ExplainRequest, 'clientId'> => ({
  grantType: 'authorization_code',
  ...one('scope', form.get('scope')),
  ...resourcesOf(form),
  ...one('claims', form.get('claims')),
})

/**
 * Reads what a request to the authorization endpoint or the token endpoint asks for. A code or refresh token is looked up
 * and not used. `undefined`: the request is for another endpoint, or what it presents is unknown.
 */
export async function toExplainRequest(
  request: HttpRequest,
  context: ServerContext,
): Promise<ExplainRequest | undefined> {
  const [path = '', query = ''] = request.url.split('?', 2)
  const { authorize, token } = context.paths
  const form = new URLSearchParams(request.method === 'POST' ? await request.body() : query)
  const clientId = clientIdOf(request, form)
  if (clientId === undefined) return undefined
  if (path.endsWith(authorize)) return { clientId, ...authorizationOf(form) }
  if (!path.endsWith(token)) return undefined
  const read = byGrantType[form.get('grant_type') ?? ''] ?? direct
  const asked = await read(form, context)
  return asked && { clientId, ...asked }
}
