import type { KeyObject } from 'node:crypto'
import { errors, jwtVerify } from 'jose'
import type { JWTHeaderParameters } from 'jose'
import { Refusal } from '../errors/refusal.js'
import type { IssuerKeys } from '../keys/issuer-keys.js'
import { isAccessTokenAlgorithm } from '../tokens/algorithms.js'
import type { AccessTokenAlgorithm } from '../tokens/algorithms.js'

/** A form in which an issuer answers: what to ask for, and how to read what comes. */
export interface ResponseFormat {
  readonly mediaType: string
  /** Gets what reading needs. Rejects with what went wrong. */
  readonly prepare: () => Promise<void>
  /** Reads the members of a response. Rejects with a refusal (503) when nobody can be sure that the issuer says so. */
  readonly read: (text: string, contentType: string | null) => Promise<unknown>
}

/** Who signs answers, and for whom. Times are in seconds. */
export interface SignedResponseOptions {
  readonly issuer: string
  /** The name with which this API asks. */
  readonly audience: string
  readonly keys: IssuerKeys
  readonly algorithms: Iterable<AccessTokenAlgorithm>
  /** How long a request may take. */
  readonly timeout: number
  readonly clockTolerance: number
  readonly now: () => number
}

const type = 'token-introspection+jwt'

const invalid = (cause?: unknown): Refusal =>
  new Refusal('invalid_introspection_response', { cause })

/** An answer in JSON (RFC 7662 section 2.2), whatever its media type says: it is believed because of where it comes from. */
export const plainResponse: ResponseFormat = {
  mediaType: 'application/json',
  prepare: async () => undefined,
  read: async (text) => {
    const value: unknown = JSON.parse(text)
    return value
  },
}

async function findKey(
  { alg, kid }: Pick<JWTHeaderParameters, 'alg' | 'kid'>,
  keys: IssuerKeys,
): Promise<KeyObject> {
  if (!isAccessTokenAlgorithm(alg)) throw invalid()
  try {
    return await keys.find({ alg, kid })
  } catch (thrown) {
    // A key that is unknown is about the answer here, and not about the token.
    const isOutage = thrown instanceof Refusal && thrown.reason === 'keys_unavailable'
    throw isOutage ? thrown : invalid(thrown)
  }
}

function toRefusal(thrown: unknown): unknown {
  if (!(thrown instanceof errors.JOSEError)) return thrown
  // Without the error: those of jose hold the claims that are wrong, and these hold the claims of the token.
  return invalid(new Error(`the signed introspection response is not valid: ${thrown.code}`))
}

/**
 * An answer in a JWT that the issuer has signed for this API (RFC 9701 section 5) during this request: an older one may
 * be about a token that was revoked since.
 */
export function signedResponse(options: SignedResponseOptions): ResponseFormat {
  const { issuer, audience, keys, algorithms, timeout, clockTolerance, now } = options
  const mediaType = `application/${type}`
  return {
    mediaType,
    prepare: keys.load,
    read: async (text, contentType) => {
      if (contentType?.split(';', 1)[0]?.trim().toLowerCase() !== mediaType) throw invalid()
      try {
        const { payload } = await jwtVerify(text, (header) => findKey(header, keys), {
          typ: type,
          issuer,
          audience,
          algorithms: [...algorithms],
          currentDate: new Date(now() * 1000),
          maxTokenAge: timeout,
          clockTolerance,
        })
        return payload['token_introspection']
      } catch (thrown) {
        throw toRefusal(thrown)
      }
    },
  }
}
