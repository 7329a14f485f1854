import type { Client } from '../../stores/client.js'
import { problemAt } from '../problem-at.js'
import { webUrlFault } from '../web-url-fault.js'
import type { ClientCheck } from './client-check.js'

const members = [
  'clientUri',
  'logoUri',
  'backChannelLogoutUri',
  'frontChannelLogoutUri',
] as const satisfies readonly (keyof Client)[]

/** Finds addresses that people, their browsers or the server could not use safely. */
export const checkUrls: ClientCheck = (client, path) =>
  members.flatMap((member) => {
    const url = client[member]
    return problemAt(`${path}.${member}`, url === undefined ? undefined : webUrlFault(url))
  })
