import type { Client } from '@bailiwick/core'
import { z } from 'zod'
import type { Members } from '../members.js'

type LogoutMember =
  | 'backChannelLogoutUri'
  | 'frontChannelLogoutUri'
  | 'frontChannelLogoutSessionRequired'

/** How a client is told that a session has ended. */
export const logoutMembers = {
  backChannelLogoutUri: z.string().exactOptional().meta({
    description:
      'Where to tell it from server to server that a session has ended (OpenID Connect Back-Channel Logout 1.0).',
    format: 'uri',
  }),
  frontChannelLogoutUri: z.string().exactOptional().meta({
    description:
      "What the user's browser loads when a session has ended (OpenID Connect Front-Channel Logout 1.0).",
    format: 'uri',
  }),
  frontChannelLogoutSessionRequired: z.boolean().exactOptional().meta({
    description: 'Whether frontChannelLogoutUri is called with iss and sid.',
    default: true,
  }),
} satisfies Members<Pick<Client, LogoutMember>>
