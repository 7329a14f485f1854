import { createAuthorizationServer, createMemoryStore, sha256 } from '@bailiwick/core'
import type { AuthorizationServerOptions, Store } from '@bailiwick/core'
import { bailiwick } from '@bailiwick/express'
import { createPages, createUi } from '@bailiwick/ui'
import express from 'express'
import type { Express } from 'express'
import { resources } from './resources.js'
import { authenticate, describeUser, profile } from './users.js'

/** Where the demo's people sign in, the web client that they sign in to, and where that is kept. */
export interface PeopleServerOptions {
  readonly identity: string
  readonly web: string
  readonly store?: Store | undefined
}

/** The issuer for people. */
export function peopleOptions({
  identity,
  web,
  store = createMemoryStore(),
}: PeopleServerOptions): AuthorizationServerOptions {
  return {
    issuer: identity,
    resources,
    profile,
    store,
    pages: createPages({ issuer: identity }),
    clients: [
      {
        clientId: 'web',
        clientName: 'The Bailiwick tour',
        clientUri: web,
        clientSecrets: [{ value: sha256('secret') }],
        allowedGrantTypes: ['authorization_code', 'refresh_token'],
        redirectUris: [`${web}/callback`],
        postLogoutRedirectUris: [`${web}/`],
        allowedScopes: [
          'openid',
          'profile',
          'email',
          'employee',
          'invoice.read',
          'invoice.pay',
          'customer.read',
        ],
        allowOfflineAccess: true,
        requireConsent: true,
      },
    ],
  }
}

/** The issuer for people, with the pages on which they sign in. */
export function peopleServer(options: PeopleServerOptions): Express {
  const server = createAuthorizationServer(peopleOptions(options))
  const ui = createUi({ server, authenticate, describeUser })
  return express().use(bailiwick(ui)).use(bailiwick(server.handle))
}
