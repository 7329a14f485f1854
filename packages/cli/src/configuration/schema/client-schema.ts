import { defaultGrants } from '@bailiwick/core'
import type { Client } from '@bailiwick/core'
import { z } from 'zod'
import { authorizationMembers } from './client-members/authorization-members.js'
import { consentMembers } from './client-members/consent-members.js'
import { identityTokenMembers } from './client-members/identity-token-members.js'
import { logoutMembers } from './client-members/logout-members.js'
import { refreshTokenMembers } from './client-members/refresh-token-members.js'
import type { Members } from './members.js'
import { seconds } from './seconds.js'
import { secretSchema } from './secret-schema.js'

/** The schema of a client. */
export const clientSchema = z
  .strictObject({
    clientId: z.string().meta({ description: 'The name it authenticates with.', minLength: 1 }),
    clientName: z.string().exactOptional().meta({ description: 'Shown to people.' }),
    clientUri: z
      .string()
      .exactOptional()
      .meta({ description: 'A page about it, for people.', format: 'uri' }),
    logoUri: z
      .string()
      .exactOptional()
      .meta({ description: 'Its logo, for people: an https URL of an image.', format: 'uri' }),
    enabled: z.boolean().exactOptional().meta({
      description: 'Whether it can be used. A disabled client is treated as unknown.',
      default: true,
    }),
    clientSecrets: z.array(secretSchema).exactOptional().meta({
      description: 'With which it authenticates. Several make a rotation possible.',
      default: [],
    }),
    requireClientSecret: z.boolean().exactOptional().meta({
      description: 'Whether it must authenticate: false makes it a public client.',
      default: true,
    }),
    allowedGrantTypes: z
      .array(z.string().meta({ enum: defaultGrants.map(({ grantType }) => grantType) }))
      .meta({ description: 'The values of grant_type it may use.' }),
    allowedScopes: z.array(z.string()).exactOptional().meta({
      description: 'Names of the identity resources and API scopes it may ask for.',
      default: [],
    }),
    allowedResources: z.array(z.string()).exactOptional().meta({
      description:
        'Names of the API resources it may get tokens for. Default: any that lists one of its scopes.',
    }),
    allowOfflineAccess: z.boolean().exactOptional().meta({
      description: 'Whether it may ask for offline_access, that is for refresh tokens.',
      default: false,
    }),
    accessTokenLifetime: seconds('Lifetime of its access tokens, in seconds.', { default: 3600 }),
    accessTokenType: z.enum(['jwt', 'reference']).exactOptional().meta({
      description:
        'jwt: APIs check its access tokens themselves. reference: they are handles, and APIs ask the introspection endpoint.',
      default: 'jwt',
    }),
    claims: z.record(z.string(), z.unknown()).exactOptional().meta({
      description:
        'Claims about the client itself, sent in access tokens with clientClaimsPrefix before their names.',
      default: {},
    }),
    alwaysSendClientClaims: z.boolean().exactOptional().meta({
      description: 'Whether claims are also sent when the token is about a user.',
      default: false,
    }),
    clientClaimsPrefix: z.string().exactOptional().meta({
      description:
        'What the names of claims are prefixed with, so that nobody takes them for claims about a user.',
      default: 'client_',
    }),
    ...authorizationMembers,
    ...identityTokenMembers,
    ...refreshTokenMembers,
    ...consentMembers,
    ...logoutMembers,
    properties: z
      .record(z.string(), z.string())
      .exactOptional()
      .meta({ description: 'Anything else you want to keep with it.' }),
  } satisfies Members<Client>)
  .meta({ id: 'Client', description: 'An application that asks for tokens.' })
