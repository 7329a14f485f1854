import { createResourceServer } from '../../src/index.js'

const revokedTokens = new Set<string>()
const signedOutAt = new Map<string, number>()

export const api = createResourceServer({
  resource: 'urn:invoices',
  issuers: 'https://id.example.com',
  verifiedCache: { max: 10_000, ttl: 300 },
  revocation: {
    isRevoked: ({ jti = '', subject = '', issuedAt = 0 }) =>
      revokedTokens.has(jti) || issuedAt < (signedOutAt.get(subject) ?? 0),
  },
})
