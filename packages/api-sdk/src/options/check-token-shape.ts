import type { ConfigurationProblem } from '@bailiwick/protocol'
import { isRecord } from '../is-record.js'
import { dangerouslySkip } from '../tokens/audience.js'
import { rfc9068 } from '../tokens/token-shape.js'
import type { MissableClaim, TokenShape } from '../tokens/token-shape.js'
import { callable, check, listOf, members, oneOf, optional, text } from './checks.js'
import type { Check } from './checks.js'
import { complete } from './complete.js'
import { profileOf } from './profiles.js'
import type { IssuerOptions, ResourceServerOptions } from './resource-server-options.js'
import { audienceOf } from './trust-issuer.js'

const claimNames = check(
  (value) => Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== ''),
  'a list of claims is needed',
)

const claimPath: Check = (value, path) =>
  Array.isArray(value) ? listOf(text)(value, path) : text(value, path)

const missableClaims = ['aud', 'client_id', 'iat', 'jti', 'sub'] as const satisfies MissableClaim[]

const missable: Check = (value, path) => {
  if (!Array.isArray(value)) return claimNames(value, path)
  return value.flatMap((name, index) => oneOf(missableClaims)(name, `${path}[${index}]`))
}

const expected: Check = (value, path) => {
  if (!isRecord(value)) return [{ path, message: 'an object of lists is needed' }]
  return Object.entries(value).flatMap(([name, values]) => listOf(text)(values, `${path}.${name}`))
}

const shapeChecks: { readonly [Name in keyof TokenShape]: Check } = {
  typ: optional(listOf(optional(text))),
  client: optional(listOf(text)),
  mayLack: optional(missable),
  forbidden: optional(claimNames),
  expected: optional(expected),
  clientAsAudience: optional(oneOf(['accepted', 'refused'])),
  scopes: optional(listOf(claimPath)),
  roles: optional(listOf(claimPath)),
  isMachine: optional(callable),
}

/** The shape of tokens: what is there has to be right in itself. */
export const tokenShape: Check = members(shapeChecks)

function acceptsIdTokens({
  typ,
  forbidden,
  expected: told,
  clientAsAudience,
}: TokenShape): boolean {
  const isTyped = typ.every(
    (type) => type !== undefined && rfc9068.typ.includes(type.toLowerCase()),
  )
  const isTold = forbidden.length > 0 || Object.keys(told).length > 0
  return !isTyped && !isTold && clientAsAudience === 'accepted'
}

/** Finds issuers of whose tokens nobody could tell whether they are access tokens, or for which API they are. */
export function checkTokenShape(
  issuer: IssuerOptions,
  options: ResourceServerOptions,
): readonly ConfigurationProblem[] {
  const shape = complete(issuer.tokenShape, profileOf(options).shape)
  if (acceptsIdTokens(shape)) {
    const message = `ID tokens of '${issuer.issuer}' would pass: add forbidden, expected or clientAsAudience`
    return [{ path: 'tokenShape.typ', message }]
  }
  const isForAnybody =
    shape.mayLack.includes('aud') &&
    issuer.clients === undefined &&
    audienceOf(issuer, options) !== dangerouslySkip
  if (!isForAnybody) return []
  const message = `any token of '${issuer.issuer}' would pass without aud: add its clients`
  return [{ path: 'tokenShape.mayLack', message }]
}
