import type { ResourceDefinitions } from '@bailiwick/protocol'

/** What a case comes to: something to declare, or nothing. */
interface Answer {
  readonly name: string
  /** The page that tells more. */
  readonly page?: string
  readonly text: string
  /** What is declared. */
  readonly resources?: ResourceDefinitions
}

/** A question that leads to the cases below it. */
export interface Question {
  readonly asks: string
  readonly cases: readonly { readonly when: string; readonly answer: Answer }[]
}

/** Leads from what somebody wants to what they declare for it. */
export const questions: readonly Question[] = [
  {
    asks: 'Is it something to know about the person who signs in?',
    cases: [
      {
        when: 'The application wants to know it.',
        answer: {
          name: 'identity resource',
          page: 'identity-resources.md',
          text: 'The application finds it at userinfo, or in the ID token.',
          resources: {
            identityResources: ['openid', { name: 'employment', userClaims: ['department'] }],
          },
        },
      },
      {
        when: 'An API wants to know it.',
        answer: {
          name: 'userClaims of the API',
          page: 'api-resources.md#claims',
          text: 'The API finds it in the access token. If only calls with one scope need it, let that scope have the `userClaims`.',
          resources: {
            apiScopes: ['customer.read'],
            apiResources: [
              { name: 'urn:customers', scopes: ['customer.read'], userClaims: ['region'] },
            ],
          },
        },
      },
    ],
  },
  {
    asks: 'Is it something that is done at an API?',
    cases: [
      {
        when: 'Some clients may, and others may not.',
        answer: {
          name: 'API scope',
          page: 'api-scopes.md',
          text: 'List it at the API that understands it, and at the clients that may ask for it (`allowedScopes`).',
          resources: {
            apiScopes: ['invoice.read', 'invoice.pay'],
            apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read', 'invoice.pay'] }],
          },
        },
      },
      {
        when: 'The same, each time for one thing only, such as payment 42.',
        answer: {
          name: 'API scope with a parameter',
          page: 'api-scopes.md#parameterized-scopes',
          text: 'The client asks for `payment.approve:42`.',
          resources: {
            apiScopes: [{ name: 'payment.approve', parameter: { pattern: '[0-9]+' } }],
            apiResources: [{ name: 'urn:invoices', scopes: ['payment.approve'] }],
          },
        },
      },
      {
        when: 'Some users may, and others may not.',
        answer: {
          name: 'nothing: the API decides',
          text: "A scope is about the client. Whether this invoice is Alice's, the API finds out with the `sub` of the token, or with a claim that it asks for.",
        },
      },
    ],
  },
  {
    asks: 'Is it an API that checks tokens for itself?',
    cases: [
      {
        when: 'A token for it may be for other APIs as well.',
        answer: {
          name: 'API resource',
          page: 'api-resources.md',
          text: 'Its name becomes the `aud` of the tokens with one of its scopes.',
          resources: {
            apiScopes: ['invoice.read'],
            apiResources: [{ name: 'urn:invoices', scopes: ['invoice.read'] }],
          },
        },
      },
      {
        when: 'A token for it must be good nowhere else.',
        answer: {
          name: 'isolated API resource',
          page: 'isolation.md',
          text: 'Clients name it: `resource=urn:customers`.',
          resources: {
            apiScopes: ['customer.read'],
            apiResources: [
              { name: 'urn:customers', scopes: ['customer.read'], requireResourceIndicator: true },
            ],
          },
        },
      },
    ],
  },
]
