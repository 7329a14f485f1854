import { Refusal } from '../errors/refusal.js'
import { isRecord } from '../is-record.js'
import type { Limits } from '../options/limit-options.js'
import type { Claims } from '../tokens/decode-token.js'
import { sealObject } from '../tokens/seal-object.js'

/** What an issuer says about a token: its claims, or undefined when it is not active, and for how long to believe it. */
export interface IntrospectionAnswer {
  readonly claims: Claims | undefined
  /** In seconds. */
  readonly lifetime: number
}

/** What decides whether an answer is read, and for how long it is kept. */
export interface AnswerOptions {
  readonly limits: Pick<Limits, 'depth'>
  /** In seconds. */
  readonly cacheFor: number
  readonly now: () => number
}

/** What is no good now hardly becomes good, and whoever sends it again must not have the issuer asked again. */
const inactiveLifetime = 10

function lifetimeOf(
  { exp }: Claims,
  cacheControl: string,
  { cacheFor, now }: AnswerOptions,
): number {
  if (/\bno-(?:store|cache)\b/i.test(cacheControl)) return 0
  const told = /\bmax-age="?(\d+)/i.exec(cacheControl)?.[1]
  const remaining = typeof exp === 'number' ? exp - now() : Infinity
  return Math.min(cacheFor, remaining, told === undefined ? Infinity : Number(told))
}

function sealClaims(claims: Readonly<Record<string, unknown>>, { limits }: AnswerOptions): Claims {
  try {
    return sealObject(claims, limits.depth)
  } catch {
    throw new Refusal('invalid_introspection_response')
  }
}

/**
 * Reads an introspection response (RFC 7662 section 2.2). Only `true` is active, and what is neither that nor `false`
 * is no answer: nobody is let in by it, and nobody is told that a token is no good.
 */
export function readIntrospectionAnswer(
  value: unknown,
  cacheControl: string | null,
  options: AnswerOptions,
): IntrospectionAnswer {
  if (!isRecord(value)) throw new Refusal('invalid_introspection_response')
  const { active, ...claims } = value
  if (active === false) return { claims: undefined, lifetime: inactiveLifetime }
  if (active !== true) throw new Refusal('invalid_introspection_response')
  return {
    claims: sealClaims(claims, options),
    lifetime: lifetimeOf(claims, cacheControl ?? '', options),
  }
}
