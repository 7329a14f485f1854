import type {
  ClientDisplay,
  ConsentRequest,
  ConsentScope,
  Interaction,
  UserGrant,
} from '@bailiwick/core'

export const client: ClientDisplay = {
  clientId: 'acme',
  clientName: 'Acme Invoices',
  clientUri: 'https://acme.example/about',
  logoUri: undefined,
}

const scope = (
  value: string,
  displayName: string,
  rest: Partial<ConsentScope> = {},
): ConsentScope => ({
  value,
  displayName,
  description: undefined,
  parameter: undefined,
  required: false,
  emphasize: false,
  ...rest,
})

export const consent: ConsentRequest = {
  aboutYou: [
    scope('openid', 'Your user identifier', { required: true }),
    scope('profile', 'Your profile', { description: 'Your name, picture and language.' }),
  ],
  access: [
    {
      name: 'urn:invoices',
      displayName: 'Invoice API',
      description: 'What you bill and what you are billed.',
      scopes: [
        scope('invoice.read', 'Reads your invoices'),
        scope('invoice.pay', 'Pays your invoices', {
          description: 'Up to the limit that your bank has set.',
          emphasize: true,
        }),
      ],
    },
    {
      name: 'urn:bank',
      displayName: 'Bank API',
      description: undefined,
      scopes: [
        scope('transaction:42', 'Makes one transaction', { parameter: '42' }),
        scope('invoice.read', 'Reads your invoices'),
      ],
    },
  ],
  offlineAccess: scope('offline_access', 'offline_access'),
  mayBeRemembered: true,
}

export const exampleInteraction: Interaction = {
  id: 'i1',
  prompt: 'login',
  client,
  redirectUri: 'https://app.acme.example/callback',
  user: undefined,
  loginHint: undefined,
  acrValues: [],
  uiLocales: [],
  display: undefined,
  consent: undefined,
  expiresAt: 1_800_000_600,
  browser: 'alices-browser',
}

export const exampleGrants: readonly UserGrant[] = [
  {
    client,
    since: 1_772_500_000,
    allowed: { ...consent },
    hasRefreshTokens: true,
  },
  {
    client: { clientId: 'shelf', clientName: undefined, clientUri: undefined, logoUri: undefined },
    since: 1_760_000_000,
    allowed: { ...consent, access: [], offlineAccess: undefined },
    hasRefreshTokens: false,
  },
]
