import type { ExplainRequest } from '@bailiwick/core'

/** The fields of the form: the parameters of the requests by their names on the wire, and who the user is. */
const fieldNames = [
  'client_id',
  'grant_type',
  'scope',
  'resource',
  'sub',
  'token_resource',
  'claims',
  'why_not',
  'refresh',
  'refresh_scope',
  'refresh_resource',
] as const

/** The name of a field of the form. */
export type FieldName = (typeof fieldNames)[number]

/** What stands in the form: text that is empty where nothing does. */
export type RequestFields = Readonly<Record<FieldName, string>>

/** Reads the form from the address. A field that is there several times, as `resource` may be, is one list. */
export function readRequestFields(url: string): RequestFields {
  const [, query = ''] = url.split('?', 2)
  const parameters = new URLSearchParams(query)
  const valueOf = (name: FieldName): string => parameters.getAll(name).join(' ').trim()
  return {
    client_id: valueOf('client_id'),
    grant_type: valueOf('grant_type'),
    scope: valueOf('scope'),
    resource: valueOf('resource'),
    sub: valueOf('sub'),
    token_resource: valueOf('token_resource'),
    claims: valueOf('claims'),
    why_not: valueOf('why_not'),
    refresh: valueOf('refresh'),
    refresh_scope: valueOf('refresh_scope'),
    refresh_resource: valueOf('refresh_resource'),
  }
}

const refreshOf = (fields: RequestFields): ExplainRequest['refresh'] & object => ({
  ...(fields.refresh_scope !== '' && { scope: fields.refresh_scope }),
  ...(fields.refresh_resource !== '' && { resource: fields.refresh_resource }),
})

/** The request that the form describes. `undefined`: none yet. */
export function toExplainRequest(fields: RequestFields): ExplainRequest | undefined {
  const { client_id: clientId, grant_type: grantType, scope, resource, sub: subject } = fields
  const { token_resource: tokenResource, claims, why_not: whyNot, refresh } = fields
  if (clientId === '') return undefined
  return {
    clientId,
    ...(grantType !== '' && { grantType }),
    ...(scope !== '' && { scope }),
    ...(resource !== '' && { resources: resource.split(/\s+/) }),
    ...(subject !== '' && { user: { subject } }),
    ...(tokenResource !== '' && { tokenResource }),
    ...(claims !== '' && { claims }),
    ...(whyNot !== '' && { whyNot: whyNot.split(/\s+/) }),
    ...(refresh !== '' && { refresh: refreshOf(fields) }),
  }
}
