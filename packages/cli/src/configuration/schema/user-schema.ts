import { z } from 'zod'
import type { User } from '../user.js'
import type { Members } from './members.js'

/** The schema of a user. */
export const userSchema = z
  .strictObject({
    subject: z.string().meta({
      description: 'What tokens call the user in sub: never changed, and never given to another.',
      minLength: 1,
    }),
    username: z.string().meta({
      description: 'What the user types to sign in, in upper or lower case.',
      minLength: 1,
    }),
    password: z.string().meta({
      description: 'The password as it is, which is why this is for development.',
      minLength: 1,
    }),
    claims: z.record(z.string(), z.unknown()).exactOptional().meta({
      description: 'What is known about the user: sent as far as a token or an API may have it.',
      default: {},
    }),
  } satisfies Members<User>)
  .meta({ id: 'User', description: 'Somebody who signs in during development.' })
