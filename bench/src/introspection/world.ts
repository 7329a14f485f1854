/** What both servers know, so that they answer the same question about a token of the same content. */
export const world = {
  issuer: 'http://127.0.0.1',
  api: 'https://api.example.com',
  apiSecret: 'a secret of the API',
  scopes: ['read', 'write'],
  clientId: 'bench',
  clientSecret: 'a secret of which only the benchmark knows',
  lifetime: 3600,
} as const

/** HTTP Basic credentials, form-urlencoded as RFC 6749 section 2.3.1 has it. */
const basic = (name: string, secret: string): string =>
  `Basic ${btoa([name, secret].map(encodeURIComponent).join(':'))}`

export const credentials = {
  client: basic(world.clientId, world.clientSecret),
  api: basic(world.api, world.apiSecret),
} as const
