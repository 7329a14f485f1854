import type { Client } from '@bailiwick/core'
import { z } from 'zod'
import type { Members } from '../members.js'
import { seconds } from '../seconds.js'

type ConsentMember =
  | 'requireConsent'
  | 'allowRememberConsent'
  | 'consentLifetime'
  | 'userSsoLifetime'

/** What the users of a client are asked, and how often. */
export const consentMembers = {
  requireConsent: z
    .boolean()
    .exactOptional()
    .meta({ description: 'Whether users are asked before it gets anything.', default: false }),
  allowRememberConsent: z
    .boolean()
    .exactOptional()
    .meta({ description: 'Whether users may have their consent remembered.', default: true }),
  consentLifetime: seconds(
    'For how many seconds a consent is remembered. Default: until it is revoked.',
  ),
  userSsoLifetime: seconds(
    "For how many seconds after signing in users need not do so again for this client. Default: the session's.",
  ),
} satisfies Members<Pick<Client, ConsentMember>>
