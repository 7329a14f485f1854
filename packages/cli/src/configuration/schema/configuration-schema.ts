import { signingAlgorithms } from '@bailiwick/protocol'
import { z } from 'zod'
import type { Configuration } from '../configuration.js'
import { clientSchema } from './client-schema.js'
import { keyManagementSchema } from './key-management-schema.js'
import type { Members, SchemaOf } from './members.js'
import { pathsSchema } from './paths-schema.js'
import { apiResourceSchema, apiScopeSchema, identityResourceSchema } from './resource-schemas.js'
import { seconds } from './seconds.js'
import { sessionSchema } from './session-schema.js'
import { signingKeySchema } from './signing-key-schema.js'
import { userSchema } from './user-schema.js'

const standardNames = z.enum(['openid', 'profile', 'email', 'phone', 'address'])

const identityResourceEntry = z.union([standardNames, identityResourceSchema], {
  error: `the name of a standard identity resource (${standardNames.options.join(', ')}) or an object with name and userClaims is needed`,
})

const apiScopeEntry = z.union([z.string(), apiScopeSchema], {
  error: 'a name or an object with a name is needed',
})

const schema = z
  .strictObject({
    $schema: z
      .string()
      .exactOptional()
      .meta({ description: 'This JSON Schema, for editors. It changes nothing.' }),
    issuer: z.string().exactOptional().meta({
      description:
        'Who issues the tokens: an https URL without query and fragment; plain http is accepted for loopback addresses. Default: the URL on which the server listens.',
      format: 'uri',
    }),
    identityResources: z.array(identityResourceEntry).exactOptional().meta({
      description: 'Scopes that stand for claims about the user. Standard ones are just named.',
      default: [],
    }),
    apiScopes: z.array(apiScopeEntry).exactOptional().meta({
      description: 'Permissions that clients ask for: objects, or just names.',
      default: [],
    }),
    apiResources: z.array(apiResourceSchema).exactOptional().meta({
      description: 'APIs: audiences that group scopes.',
      default: [],
    }),
    clients: z
      .array(clientSchema)
      .meta({ description: 'The applications that may ask for tokens.' }),
    users: z.array(userSchema).exactOptional().meta({
      description: 'Who may sign in: for development, because passwords stand here as they are.',
      default: [],
    }),
    signingKeys: z.array(signingKeySchema).exactOptional().meta({
      description:
        'Private keys to sign with; the first is the default. Default: keys that the server makes, keeps in the store and replaces in time.',
    }),
    keyManagement: keyManagementSchema
      .exactOptional()
      .meta({ description: 'How the keys live that the server makes itself.', default: {} }),
    dataKeys: z.array(z.string()).exactOptional().meta({
      description:
        'With which to encrypt what the store keeps, private keys above all: 32 random bytes each, in base64 or base64url. The first encrypts, all decrypt. They are needed where no signingKeys are given, except for loopback addresses.',
      default: [],
    }),
    defaultSigningAlgorithm: z.enum(signingAlgorithms).exactOptional().meta({
      description:
        'With which algorithm to sign for APIs that do not choose one, where no signingKeys are given.',
      default: 'RS256',
    }),
    emitStaticAudienceClaim: z
      .boolean()
      .exactOptional()
      .meta({ description: 'Adds {issuer}/resources to every audience.', default: false }),
    compatibility: z.enum(['strict', 'duende']).exactOptional().meta({
      description: "Whose tokens to issue where IdentityServer's differ from ours.",
      default: 'strict',
    }),
    interactionUrl: z.string().exactOptional().meta({
      description:
        'Where the pages are on which users sign in and consent: a URL, or a path below the issuer. A slash and the id of the interaction are appended.',
      default: '/interaction',
    }),
    interactionLifetime: seconds('How many seconds a user may take to sign in and consent.', {
      default: 3600,
    }),
    introspectionMaxAge: seconds(
      'For how many seconds APIs may keep what the introspection endpoint told them of a token; 0: not at all.',
      { minimum: 0, default: 60 },
    ),
    session: sessionSchema
      .exactOptional()
      .meta({ description: 'How long users stay signed in.', default: {} }),
    paths: pathsSchema
      .exactOptional()
      .meta({ description: 'Other paths for the endpoints, below the issuer.', default: {} }),
  } satisfies Members<Configuration>)
  .meta({
    title: 'Bailiwick configuration',
    description: 'The configuration file of bailiwick serve.',
  })

/** What a configuration file may hold: the source of its checks and of the JSON Schema. */
export const configurationSchema: SchemaOf<Configuration, typeof schema> = schema
