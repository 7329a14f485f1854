import { Refusal } from '../errors/refusal.js'
import { decide } from '../requirements/predicate.js'

/**
 * An {@link Audience} that lets tokens for any API pass, also those that some other API got and passes on. The event
 * `audience_not_checked` tells of it at start-up; the profiles `fapi2` and `mcp` forbid it.
 */
export const dangerouslySkip: unique symbol = Symbol.for('bailiwick.dangerouslySkip')

/**
 * Which audiences a token may have (RFC 9068 section 4, RFC 8707). All are compared character by character.
 *
 * - a name, or a list of names: the token is for at least one of them
 * - `{ all }`: the token is for every one of them
 * - `{ only }`: the token is for at least one of them and for nobody else
 * - a function that says whether a token for these audiences is accepted. When it throws, or returns anything but a
 *   boolean, the request is answered with 503
 * - {@link dangerouslySkip}: anybody
 */
export type Audience =
  | string
  | readonly [string, ...string[]]
  | { readonly all: readonly [string, ...string[]] }
  | { readonly only: readonly [string, ...string[]] }
  | ((audiences: readonly string[]) => boolean)
  | typeof dangerouslySkip

/** Throws unless the audiences of a token are acceptable. */
export type AudienceCheck = (audiences: readonly string[]) => void

function checkAny(accepted: readonly string[]): AudienceCheck {
  return (audiences) => {
    if (!audiences.some((name) => accepted.includes(name))) throw new Refusal('wrong_audience')
  }
}

/** Makes the check of an {@link Audience} once, at start-up. */
export function audienceCheck(audience: Audience): AudienceCheck {
  if (audience === dangerouslySkip) return () => undefined
  if (typeof audience === 'string') return checkAny([audience])
  if (typeof audience === 'function') {
    return (audiences) => {
      if (!decide(audience, audiences)) throw new Refusal('wrong_audience')
    }
  }
  if ('all' in audience) {
    return (audiences) => {
      if (!audience.all.every((name) => audiences.includes(name))) {
        throw new Refusal('wrong_audience')
      }
    }
  }
  if ('only' in audience) {
    const any = checkAny(audience.only)
    return (audiences) => {
      any(audiences)
      if (!audiences.every((name) => audience.only.includes(name))) {
        throw new Refusal('extra_audience')
      }
    }
  }
  return checkAny(audience)
}
