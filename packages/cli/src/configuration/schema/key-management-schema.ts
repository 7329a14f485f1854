import type { KeyManagementOptions } from '@bailiwick/core'
import { z } from 'zod'
import type { Members } from './members.js'
import { seconds } from './seconds.js'

/** The schema of how the keys live that the server makes itself. */
export const keyManagementSchema = z.strictObject({
  rotationInterval: seconds('For how many seconds a key signs.', { default: 7_776_000 }),
  propagationTime: seconds(
    'For how many seconds a key is published before it signs, so that everybody has seen it by then.',
    { default: 1_209_600 },
  ),
  retentionDuration: seconds(
    'For how many seconds a key is published after it has signed: longer than any token lives.',
    { default: 1_209_600 },
  ),
  cacheDuration: seconds('For how many seconds a process trusts what it has read of the keys.', {
    default: 60,
  }),
} satisfies Members<KeyManagementOptions>)
