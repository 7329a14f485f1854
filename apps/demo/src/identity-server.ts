import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import type { AuthorizationServerOptions } from '@bailiwick/core'
import { bailiwick } from '@bailiwick/express'
import express from 'express'
import type { Express } from 'express'
import type { Chapter } from './chapters.js'
import { peopleServer } from './people/people-server.js'
import type { PeopleServerOptions } from './people/people-server.js'

const nameOf = (entry: string | { readonly name: string }): string =>
  typeof entry === 'string' ? entry : entry.name

/** The issuer of a chapter. */
export function chapterOptions(chapter: Chapter, origin: string): AuthorizationServerOptions {
  const { name, resources, emitStaticAudienceClaim = false } = chapter
  return {
    issuer: `${origin}/${name}`,
    resources,
    emitStaticAudienceClaim,
    clients: [
      {
        clientId: 'tour',
        clientSecrets: [{ value: sha256('secret') }],
        allowedGrantTypes: ['client_credentials'],
        allowedScopes: (resources.apiScopes ?? []).map(nameOf),
      },
    ],
  }
}

/** The identity server: an issuer for people, and one for each chapter, all in one Express application. */
export function identityServer(
  chapters: readonly Chapter[],
  options: PeopleServerOptions,
): Express {
  // The issuer without a path comes first: the others answer its paths too, as if a proxy had taken theirs off.
  const app = express().use(peopleServer(options))
  for (const chapter of chapters) {
    const server = createAuthorizationServer(chapterOptions(chapter, options.identity))
    app.use(bailiwick(server.handle))
  }
  return app
}
