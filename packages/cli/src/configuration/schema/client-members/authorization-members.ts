import type { Client } from '@bailiwick/core'
import { z } from 'zod'
import type { Members } from '../members.js'
import { seconds } from '../seconds.js'

type AuthorizationMember =
  | 'applicationType'
  | 'redirectUris'
  | 'postLogoutRedirectUris'
  | 'allowedCorsOrigins'
  | 'requirePkce'
  | 'defaultScopes'
  | 'authorizationCodeLifetime'

/** How a client asks for authorization, and where it is answered. */
export const authorizationMembers = {
  applicationType: z.enum(['web', 'native']).exactOptional().meta({
    description:
      'A native one may be called back at any port of a loopback address it has registered (RFC 8252 section 7.3).',
    default: 'web',
  }),
  redirectUris: z
    .array(z.string().meta({ format: 'uri' }))
    .exactOptional()
    .meta({
      description:
        'Where it may be called back after an authorization request: compared character by character.',
      default: [],
    }),
  postLogoutRedirectUris: z
    .array(z.string().meta({ format: 'uri' }))
    .exactOptional()
    .meta({
      description: 'Where a user may be sent after signing out: compared character by character.',
      default: [],
    }),
  allowedCorsOrigins: z.array(z.string()).exactOptional().meta({
    description:
      'Origins of web pages that may call the token, revocation and userinfo endpoints for it, e.g. https://app.example.com.',
    default: [],
  }),
  requirePkce: z.boolean().exactOptional().meta({
    description:
      'Whether it must prove with PKCE that it sent the authorization request itself (RFC 7636). Only S256 is known.',
    default: true,
  }),
  defaultScopes: z.array(z.string()).exactOptional().meta({
    description:
      'The scopes of an authorization request without scope. Without them such a request is an error.',
  }),
  authorizationCodeLifetime: seconds('Lifetime of its authorization codes, in seconds.', {
    maximum: 600,
    default: 60,
  }),
} satisfies Members<Pick<Client, AuthorizationMember>>
