import type { StandardSchemaV1 } from '@standard-schema/spec'
import { Refusal } from '../errors/refusal.js'
import { isRecord } from '../is-record.js'
import type { Claims } from './decode-token.js'

/** Describes claims: what zod, valibot, arktype and others make (https://standardschema.dev). */
export type ClaimsSchema<ClaimTypes extends object> = StandardSchemaV1<unknown, ClaimTypes>

/** Turns the claims of a token into those that a handler sees. Throws a refusal for a token that lacks them. */
export type ParseClaims<ClaimTypes extends object> = (
  claims: Claims,
) => (Claims & ClaimTypes) | Promise<Claims & ClaimTypes>

function merge<ClaimTypes extends object>(
  claims: Claims,
  result: StandardSchemaV1.Result<ClaimTypes>,
): Claims & ClaimTypes {
  // Without the issues: they quote claims, and no event may hold any of a token.
  if (result.issues !== undefined) throw new Refusal('malformed_claim')
  // A schema that gives something else, e.g. a promise of another realm, has not said that the claims are good.
  if (!isRecord(result.value)) throw new TypeError('the claims schema gave no claims')
  const blank: object = Object.create(null)
  return Object.freeze(Object.assign(blank, claims, result.value))
}

/**
 * Makes the step that checks claims against a schema. What the schema makes of claims replaces them; the others stay as
 * they are. A schema that throws, rejects or gives anything else decides nothing: the request is answered with 503.
 */
export function claimsParser<ClaimTypes extends object>(
  schema: ClaimsSchema<ClaimTypes> | undefined,
): ParseClaims<ClaimTypes> {
  if (schema === undefined) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without a schema they are no more than claims
    return (claims) => claims as Claims & ClaimTypes
  }
  return (claims) => {
    const result = schema['~standard'].validate(claims)
    return result instanceof Promise
      ? result.then((settled) => merge(claims, settled))
      : merge(claims, result)
  }
}
