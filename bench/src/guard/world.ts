/** What all guards of this benchmark know, so that they accept the same token. */
export const world = {
  issuer: 'https://id.example.com',
  audience: 'https://api.example.com',
  scope: 'read',
  subject: 'alice',
  path: '/x',
} as const
