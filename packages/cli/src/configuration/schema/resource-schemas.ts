import { signingAlgorithms } from '@bailiwick/protocol'
import type { ApiResource, ApiScope, IdentityResource, ScopeParameter } from '@bailiwick/protocol'
import { z } from 'zod'
import type { Members } from './members.js'
import { secretSchema } from './secret-schema.js'

/** What the three kinds of resource have in common. */
const resourceMembers = {
  displayName: z.string().exactOptional().meta({
    description: 'Shown to people, for example when they are asked for consent.',
  }),
  description: z
    .string()
    .exactOptional()
    .meta({ description: 'Shown to people below the display name.' }),
  enabled: z
    .boolean()
    .exactOptional()
    .meta({ description: 'Whether it can be requested at all.', default: true }),
  showInDiscoveryDocument: z
    .boolean()
    .exactOptional()
    .meta({ description: 'Whether the discovery document tells of it.', default: true }),
  properties: z
    .record(z.string(), z.string())
    .exactOptional()
    .meta({ description: 'Anything else you want to keep with it.' }),
}

/** What identity resources and API scopes, the two kinds of scope, have in common. */
const scopeMembers = {
  ...resourceMembers,
  required: z.boolean().exactOptional().meta({
    description: 'Whether it cannot be unticked when the user is asked for consent.',
    default: false,
  }),
  emphasize: z
    .boolean()
    .exactOptional()
    .meta({ description: 'Whether the consent page stresses it.', default: false }),
}

const scopeParameter = z.strictObject({
  separator: z.string().exactOptional().meta({
    description: 'What stands between the name and the parameter.',
    default: ':',
    minLength: 1,
  }),
  required: z.boolean().exactOptional().meta({
    description: 'Whether the bare name, without a parameter, is no scope.',
    default: true,
  }),
  pattern: z
    .string()
    .exactOptional()
    .meta({ description: 'A regular expression that the whole parameter must match.' }),
} satisfies Members<ScopeParameter>)

/** The schema of an identity resource. */
export const identityResourceSchema = z
  .strictObject({
    name: z.string().meta({ description: 'The value of the scope parameter that asks for it.' }),
    ...scopeMembers,
    userClaims: z.array(z.string()).meta({ description: 'The claims it stands for.', minItems: 1 }),
  } satisfies Members<IdentityResource>)
  .meta({
    id: 'IdentityResource',
    description: 'A scope that stands for claims about the user.',
  })

/** The schema of an API scope. */
export const apiScopeSchema = z
  .strictObject({
    name: z.string().meta({ description: 'The value of the scope parameter that asks for it.' }),
    ...scopeMembers,
    userClaims: z.array(z.string()).exactOptional().meta({
      description: 'Claims about the user that an access token with this scope carries.',
      default: [],
    }),
    parameter: scopeParameter.exactOptional().meta({
      description:
        'Makes it a parameterized scope: `transaction` with a parameter is requested as `transaction:42`.',
    }),
    implies: z.array(z.string()).exactOptional().meta({
      description: 'Scopes that it includes: an API accepts it where one of those is needed.',
      default: [],
    }),
  } satisfies Members<ApiScope>)
  .meta({ id: 'ApiScope', description: 'A permission that a client asks for.' })

/** The schema of an API resource. */
export const apiResourceSchema = z
  .strictObject({
    name: z.string().meta({
      description:
        'The audience of its tokens. Clients name it with the resource parameter if it is an absolute URI.',
    }),
    ...resourceMembers,
    scopes: z.array(z.string()).exactOptional().meta({
      description:
        'Names of the API scopes that this API understands. Other APIs may list them too.',
      default: [],
    }),
    userClaims: z.array(z.string()).exactOptional().meta({
      description: 'Claims about the user that every access token for this API carries.',
      default: [],
    }),
    secrets: z.array(secretSchema).exactOptional().meta({
      description: 'With which the API authenticates when it asks about a token.',
      default: [],
    }),
    allowedAccessTokenSigningAlgorithms: z.array(z.enum(signingAlgorithms)).exactOptional().meta({
      description:
        'The algorithms this API accepts, the preferred one first. Empty: whatever the server signs with.',
      default: [],
    }),
    requireResourceIndicator: z.boolean().exactOptional().meta({
      description:
        'Isolates the API (RFC 8707): it is the audience of a token only when the client names it with the resource parameter, and then it is the only one.',
      default: false,
    }),
  } satisfies Members<ApiResource>)
  .meta({ id: 'ApiResource', description: 'An API: an audience that groups scopes.' })
