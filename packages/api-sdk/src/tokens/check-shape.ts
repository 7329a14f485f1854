import { Refusal } from '../errors/refusal.js'
import type { Claims } from './decode-token.js'
import { readText, required } from './read-claims.js'
import type { MissableClaim, TokenShape } from './token-shape.js'

/** Refuses a token that lacks a claim, unless tokens of its shape may. */
export function requiredBy<Value>(
  { mayLack }: TokenShape,
  name: MissableClaim,
  value: Value | undefined,
): Value | undefined {
  return mayLack.includes(name) ? value : required(value)
}

/** Checks what tells an access token from an ID token where its type does not (RFC 8725 section 3.12). */
export function checkShape(claims: Claims, { forbidden, expected }: TokenShape): void {
  if (forbidden.some((name) => claims[name] !== undefined)) {
    throw new Refusal('not_an_access_token')
  }
  const isExpected = Object.entries(expected).every(([name, values]) =>
    values.some((value) => value === claims[name]),
  )
  if (!isExpected) throw new Refusal('not_an_access_token')
}

/** Refuses a token that is meant for the client that got it, as ID tokens are. */
export function checkClientAsAudience(
  clientId: string | undefined,
  audience: readonly string[],
  { clientAsAudience }: TokenShape,
): void {
  if (clientAsAudience === 'accepted' || clientId === undefined) return
  if (audience.includes(clientId)) throw new Refusal('not_an_access_token')
}

/** The client that a token was issued to, wherever tokens of its shape say so. */
export function readClient(claims: Claims, shape: TokenShape): string | undefined {
  let clientId: string | undefined
  for (const name of shape.client) {
    const found = readText(claims, name) ?? clientId
    if (clientId !== undefined && found !== clientId) throw new Refusal('malformed_claim')
    clientId = found
  }
  return requiredBy(shape, 'client_id', clientId)
}
