import { goodToken, requestWith } from '../abuse-case.js'
import type { AbuseCase } from '../abuse-case.js'
import { createBoundClient, dpopCase, proofCase } from '../dpop-request.js'
import { dpopRefused, invalidProof, invalidToken, passes } from '../expected-answers.js'
import { proofCases } from './dpop-proofs.js'

const evil = 'https://evil.example'

const withoutKey = dpopRefused('invalid_token', 'no_key_binding')

const inQuery: AbuseCase = {
  id: 'D01-query',
  title: 'a request with a query, which no proof has',
  expected: passes,
  request: async (context) => {
    const { key, token, publicUrl } = await createBoundClient(context)
    const { method, ...request } = requestWith(context, `DPoP ${token}`)
    const url = new URL(request.url)
    url.searchParams.set('page', '2')
    const proof = await key.proof({ method, url: publicUrl, token })
    return { method, url: url.href, headers: [...request.headers, ['dpop', proof]] }
  },
}

const replay: AbuseCase = {
  ...proofCase(
    ['D10', 'a proof that was used before'],
    invalidProof('proof_replayed'),
    ({ proof }) => proof(),
  ),
  isReplay: true,
}

/** How bound tokens are presented, and what proves that the client has the key (RFC 9449). */
export const dpopAbuseCases: readonly AbuseCase[] = [
  proofCase(['D01', 'a bound token with its proof'], passes, ({ proof }) => proof()),
  dpopCase(['D01-letters', 'the scheme in small letters'], passes, async ({ token, proof }) => ({
    authorization: `dpop ${token}`,
    proofs: [await proof()],
  })),
  inQuery,
  dpopCase(
    ['D02-proof', 'a bound token as Bearer, with its proof'],
    invalidToken('binding_required'),
    async ({ token, proof }) => ({ authorization: `Bearer ${token}`, proofs: [await proof()] }),
  ),
  dpopCase(
    ['D04', 'a token that is bound to nothing, with a proof'],
    withoutKey,
    async ({ context, proof }) => {
      const token = await goodToken(context)
      return { authorization: `DPoP ${token}`, proofs: [await proof({ token })] }
    },
  ),
  dpopCase(['D05', 'a bearer token with a stray proof'], passes, async ({ context, proof }) => ({
    authorization: `Bearer ${await goodToken(context)}`,
    proofs: [await proof()],
  })),
  dpopCase(['D08', 'no proof'], invalidProof('proof_missing'), () => ({ proofs: [] })),
  dpopCase(['D08-empty', 'an empty proof'], invalidProof('proof_malformed'), () => ({
    proofs: [''],
  })),
  dpopCase(['D09', 'two proofs'], invalidProof(), async ({ proof }) => ({
    proofs: [await proof(), await proof()],
  })),
  dpopCase(
    ['D09-joined', 'two proofs in one field'],
    invalidProof('proof_malformed'),
    async ({ proof }) => ({ proofs: [`${await proof()}, ${await proof()}`] }),
  ),
  replay,
  dpopCase(
    ['D16', 'a host that the request claims to be for'],
    invalidProof('proof_wrong_uri'),
    async ({ publicUrl, proof }) => ({
      proofs: [await proof({ url: new URL(new URL(publicUrl).pathname, evil).href })],
      headers: [
        ['x-forwarded-host', 'evil.example'],
        ['x-forwarded-proto', 'https'],
        ['forwarded', 'host=evil.example;proto=https'],
      ],
    }),
  ),
  dpopCase(
    ['D25', 'the proof of another key'],
    dpopRefused('invalid_token', 'binding_mismatch'),
    async ({ context, publicUrl, token }) => {
      const { method = 'GET', issuer } = context
      const thief = await issuer.dpopKey()
      return { proofs: [await thief.proof({ method, url: publicUrl, token })] }
    },
  ),
  dpopCase(['D31', 'a cnf with more than the key'], passes, async ({ context, key, proof }) => {
    const cnf = { jkt: key.thumbprint, 'kc-jkt-type': 'DPOP', kid: 'k' }
    const token = await goodToken(context, { cnf })
    return { authorization: `DPoP ${token}`, proofs: [await proof({ token })] }
  }),
  ...proofCases,
]
