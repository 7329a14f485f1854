import type { Client } from '@bailiwick/core'
import { signingAlgorithms } from '@bailiwick/protocol'
import { z } from 'zod'
import type { Members } from '../members.js'
import { seconds } from '../seconds.js'

type IdentityTokenMember =
  | 'identityTokenLifetime'
  | 'allowedIdentityTokenSigningAlgorithms'
  | 'alwaysIncludeUserClaimsInIdToken'

/** What the ID tokens of a client are like. */
export const identityTokenMembers = {
  identityTokenLifetime: seconds('Lifetime of its ID tokens, in seconds.', { default: 300 }),
  allowedIdentityTokenSigningAlgorithms: z.array(z.enum(signingAlgorithms)).exactOptional().meta({
    description:
      "With which of these algorithms to sign its ID tokens, the most wanted first. Without any: the server's default.",
    default: [],
  }),
  alwaysIncludeUserClaimsInIdToken: z.boolean().exactOptional().meta({
    description:
      'Whether its ID tokens carry the claims of the granted identity resources also when it could ask userinfo for them.',
    default: false,
  }),
} satisfies Members<Pick<Client, IdentityTokenMember>>
