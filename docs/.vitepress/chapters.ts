/** A part of the documentation: its pages in the order in which to read them, each with its name in the sidebar. */
export interface Chapter {
  readonly title: string
  readonly pages: Readonly<Record<string, string>>
}

/** All pages but the first and those that are made of the sources. */
export const chapters: readonly Chapter[] = [
  {
    title: 'The resource model',
    pages: {
      'resource-model/index': 'Overview',
      'resource-model/tour': 'The tour',
    },
  },
  {
    title: 'The server',
    pages: {
      'guides/signing-in': 'Signing people in',
      'guides/reference-tokens': 'Reference tokens',
      'guides/administration': 'Sessions and grants',
      'guides/keys': 'Signing keys',
      'guides/stores': 'Where state is kept',
    },
  },
  {
    title: 'APIs',
    pages: {
      'guides/sender-constrained': 'Tokens bound to a client',
      'guides/other-issuers': 'Tokens of other issuers',
      'guides/testing-your-api': 'Testing your API',
    },
  },
  {
    title: 'Finding out',
    pages: {
      'guides/explain': 'Why does the token say that?',
      'guides/explorer': 'The resource explorer',
    },
  },
  {
    title: 'Reference',
    pages: {
      'reference/api-options': 'Options of an API',
      'reference/refusals': 'What an API refuses',
      'reference/api-sdk': 'The SDK',
      'reference/lint': 'bailiwick lint',
      'reference/compatibility': 'compatibility: duende',
      'reference/conformance': 'Conformance',
      'reference/security': 'Security',
    },
  },
]
