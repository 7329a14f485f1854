import { describe, expect, it } from 'vitest'
import { isApiAuthError } from '../../src/index.js'
import { algorithms, vectorKey } from '../support/vectors.js'
import type { Vector } from '../support/vectors.js'
import { vectorsOfKeys } from '../support/vectors-of-keys.js'
import { vectorsOfShape } from '../support/vectors-of-shape.js'
import {
  forgeForExponentOne,
  vectorsOfEcdsa,
  vectorsOfEd25519,
  vectorsOfOtherAlgorithms,
  vectorsOfPkcs1,
  vectorsOfPss,
} from '../support/vectors-of-signatures.js'
import { createWorld } from '../support/world.js'

/** Why a token is refused is tested elsewhere; here it only has to be because of the token. */
async function verdictOn({ keys, jws }: Vector): Promise<Vector['result'] | 'undecided'> {
  const world = createWorld()
  world.publish(keys)
  try {
    await world.api.verify(jws)
    return 'valid'
  } catch (thrown) {
    return isApiAuthError(thrown) && thrown.status === 401 ? 'invalid' : 'undecided'
  }
}

const numbered = (
  vectors: readonly Vector[],
): readonly (readonly [number, string, string, Vector])[] =>
  vectors.map((vector, index) => [index + 1, vector.result, vector.comment, vector])

const families = [
  [/^RS/, vectorsOfPkcs1],
  [/^PS/, vectorsOfPss],
  [/^ES/, vectorsOfEcdsa],
  [/^Ed/, vectorsOfEd25519],
] as const

/*
 * The classes of json_web_signature_test and json_web_key_test of Project Wycheproof, as access tokens. A JWS library would
 * accept what is refused here on purpose: payloads that are empty or no claims (RFC 9068 section 2.2), every HMAC (no API
 * may be able to make tokens), a key whose alg is not that of the token (RFC 8725 section 3.1), and an alg that no RFC has
 * (ES521).
 */
describe.each(algorithms)('K19 signatures with %s', (alg) => {
  const key = vectorKey(alg)
  const ofFamily = families.flatMap(([name, make]) => (name.test(alg) ? make(key) : []))
  const vectors = [...vectorsOfShape(key), ...vectorsOfOtherAlgorithms(key), ...ofFamily]

  it.each(numbered(vectors))('%i %s: %s', async (_, result, _comment, vector) => {
    expect(await verdictOn(vector)).toBe(result)
  })
})

describe('K19 keys', () => {
  it.each(numbered(vectorsOfKeys(forgeForExponentOne)))(
    '%i %s: %s',
    async (_, result, _comment, vector) => {
      expect(await verdictOn(vector)).toBe(result)
    },
  )
})
