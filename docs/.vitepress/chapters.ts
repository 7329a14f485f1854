/** A part of the documentation: its pages in the order in which to read them, each with its name in the sidebar. */
export interface Chapter {
  readonly title: string
  readonly pages: Readonly<Record<string, string>>
}

/** All pages but the first and those that are made of the sources. */
export const chapters: readonly Chapter[] = [
  {
    title: 'Start',
    pages: {
      'start/express': 'With Express',
      'start/koa': 'With Koa',
      'guides/examples': 'Examples to copy',
    },
  },
  {
    title: 'The resource model',
    pages: {
      'resource-model/index': 'Overview',
      'resource-model/identity-resources': 'Identity resources',
      'resource-model/api-scopes': 'API scopes',
      'resource-model/api-resources': 'API resources',
      'resource-model/isolation': 'Isolation',
      'resource-model/which-one': 'Which one do I need?',
      'resource-model/tour': 'The tour',
    },
  },
  {
    title: 'The server',
    pages: {
      'guides/signing-in': 'Signing people in',
      'guides/consent-and-pages': 'Consent and your own pages',
      'guides/profile-and-claims': 'Profile service and claims',
      'guides/refresh-tokens': 'Refresh tokens',
      'guides/reference-tokens': 'Reference tokens',
      'guides/parameterized-scopes': 'Parameterized scopes',
      'guides/administration': 'Sessions and grants',
    },
  },
  {
    title: 'Running it',
    pages: {
      'guides/stores': 'Where state is kept',
      'guides/several-nodes': 'Several nodes',
      'guides/keys': 'Signing keys',
      'guides/security-checklist': 'Security checklist',
    },
  },
  {
    title: 'APIs',
    pages: {
      'guides/protecting-an-api': 'Protecting an API',
      'guides/several-apis': 'Several APIs',
      'guides/sender-constrained': 'Tokens bound to a client',
      'guides/other-issuers': 'Tokens of other issuers',
      'guides/testing-your-api': 'Testing your API',
    },
  },
  {
    title: 'Finding out',
    pages: {
      'guides/errors': 'Errors, and how to read them',
      'guides/explain': 'Why does the token say that?',
      'guides/explorer': 'The resource explorer',
    },
  },
  {
    title: 'Moving in',
    pages: {
      'guides/from-identityserver': 'From IdentityServer',
      'guides/from-oidc-provider': 'From oidc-provider',
    },
  },
  {
    title: 'Reference',
    pages: {
      'reference/server-options': 'Options of the server',
      'reference/client-options': 'Options of a client',
      'reference/resource-options': 'Options of resources',
      'reference/page-options': 'Options of the pages',
      'reference/api-options': 'Options of an API',
      'reference/endpoints': 'Endpoints',
      'reference/events': 'Events',
      'reference/refusals': 'What an API refuses',
      'reference/api-sdk': 'The SDK',
      'reference/cli': 'The command line',
      'reference/lint': 'bailiwick lint',
      'reference/import': 'bailiwick import',
      'reference/compatibility': 'compatibility: duende',
      'reference/conformance': 'Conformance',
      'reference/security': 'Security',
    },
  },
]
