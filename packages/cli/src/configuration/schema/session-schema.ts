import type { SessionOptions } from '@bailiwick/core'
import { z } from 'zod'
import type { Members } from './members.js'
import { seconds } from './seconds.js'

/** The schema of how long users stay signed in. */
export const sessionSchema = z.strictObject({
  absoluteLifetime: seconds('Seconds after signing in, whatever the user does.', {
    default: 36_000,
  }),
  idleLifetime: seconds('Seconds after the last request of the browser.', { default: 7200 }),
} satisfies Members<SessionOptions>)
