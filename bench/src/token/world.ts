/** What all token endpoints of this benchmark know, so that they answer the same request with the same token. */
export const world = {
  issuer: 'http://127.0.0.1',
  resource: 'https://api.example.com',
  scopes: ['read', 'write'],
  clientId: 'bench',
  clientSecret: 'a secret of which only the benchmark knows',
  lifetime: 3600,
} as const

/** The claims of an access token, except `jti` and those that tell the time. */
export const constantClaims = {
  iss: world.issuer,
  sub: world.clientId,
  aud: world.resource,
  client_id: world.clientId,
  scope: world.scopes.join(' '),
} as const
