import type { Client } from '@bailiwick/core'
import { z } from 'zod'
import type { Members } from '../members.js'
import { seconds } from '../seconds.js'

type RefreshTokenMember =
  | 'refreshTokenUsage'
  | 'refreshTokenReuseInterval'
  | 'refreshTokenExpiration'
  | 'absoluteRefreshTokenLifetime'
  | 'slidingRefreshTokenLifetime'

/** How the refresh tokens of a client live and are replaced. */
export const refreshTokenMembers = {
  refreshTokenUsage: z.enum(['oneTimeOnly', 'reUse']).exactOptional().meta({
    description:
      'oneTimeOnly: each use of a refresh token gives a new one, and a second use revokes them all. reUse: it stays. Default: oneTimeOnly for public clients (RFC 9700 section 4.14.2), reUse for others.',
  }),
  refreshTokenReuseInterval: seconds(
    'For how many seconds a refresh token that was replaced gives the same answer again, in case the first got lost. Default: 0 for public clients, 10 for others.',
    { minimum: 0, maximum: 60 },
  ),
  refreshTokenExpiration: z.enum(['absolute', 'sliding']).exactOptional().meta({
    description:
      'absolute: a refresh token and its successors end at a fixed time. sliding: each use extends it, up to that.',
    default: 'absolute',
  }),
  absoluteRefreshTokenLifetime: seconds(
    'Seconds from the authorization to the end of all its refresh tokens. 0: no end, for sliding ones only.',
    { minimum: 0, default: 2_592_000 },
  ),
  slidingRefreshTokenLifetime: seconds(
    'Seconds for which a sliding refresh token may lie unused.',
    { default: 1_296_000 },
  ),
} satisfies Members<Pick<Client, RefreshTokenMember>>
