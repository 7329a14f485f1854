import type { EndpointPaths } from '@bailiwick/core'
import { z } from 'zod'
import type { Members } from './members.js'

const path = (description: string, defaultPath: string): z.ZodExactOptional<z.ZodString> =>
  z.string().exactOptional().meta({ description, default: defaultPath, pattern: '^/' })

/** The schema of the paths of endpoints. */
export const pathsSchema = z.strictObject({
  authorize: path('The authorization endpoint.', '/authorize'),
  resume: path('Where browsers come back to from the pages that sign users in.', '/resume'),
  token: path('The token endpoint.', '/token'),
  userinfo: path('The userinfo endpoint.', '/userinfo'),
  introspect: path('The introspection endpoint.', '/introspect'),
  revoke: path('The revocation endpoint.', '/revoke'),
  endSession: path('Where users are sent to sign out.', '/end_session'),
  jwks: path('The public keys.', '/.well-known/jwks.json'),
} satisfies Members<EndpointPaths>)
