import type { Section } from './section.js'

/** The kinds of entry that IdentityServer is configured with, by the names they have in a file and in a database. */
export const kinds = {
  identityResources: 'IdentityResources',
  apiScopes: 'ApiScopes',
  apiResources: 'ApiResources',
  clients: 'Clients',
} as const

/** The name that Bailiwick has for a kind of entry. */
export type Kind = keyof typeof kinds

/** The configuration of an IdentityServer, wherever it was read from. */
export interface IdentityServerConfiguration extends Readonly<Record<Kind, readonly Section[]>> {
  /** A database states the value of every property, a file only those that somebody has written. */
  readonly origin: 'file' | 'database'
  /** What else stands there: options of the server, and entries of other kinds. */
  readonly others: readonly Section[]
}
