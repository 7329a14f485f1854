import { Refusal } from '../errors/refusal.js'
import type { Introspection } from '../introspection/introspection.js'
import { readIntrospectionAnswer } from '../introspection/introspection-answer.js'
import type { Limits } from '../options/limit-options.js'
import type { LocalIssuer } from './local-issuer.js'

/** Whom to ask. */
export interface LocalIntrospectionOptions extends Pick<LocalIssuer, 'introspect'> {
  readonly limits: Pick<Limits, 'depth'>
  readonly now: () => number
}

async function answerOf(token: string, introspect: LocalIssuer['introspect']): Promise<object> {
  try {
    return await introspect(token)
  } catch (cause) {
    throw new Refusal('introspection_unavailable', { cause })
  }
}

/**
 * Asks an authorization server in this process about each token. No answer is kept: to ask again costs one look into the
 * store, and what was revoked is refused at once.
 */
export function createLocalIntrospection({
  introspect,
  limits,
  now,
}: LocalIntrospectionOptions): Introspection {
  return {
    prepare: async () => undefined,
    ask: async (token) => {
      const answer = await answerOf(token, introspect)
      return readIntrospectionAnswer(answer, null, { cacheFor: 0, limits, now }).claims
    },
  }
}
