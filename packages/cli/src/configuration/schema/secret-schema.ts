import type { Secret } from '@bailiwick/protocol'
import { z } from 'zod'
import type { Members } from './members.js'

/** The schema of a secret. */
export const secretSchema = z
  .strictObject({
    value: z.string().meta({ description: 'The base64 SHA-256 of the secret.' }),
    expiration: z.string().exactOptional().meta({
      description: 'When it stops being accepted, as an ISO 8601 date and time. Default: never.',
    }),
    description: z.string().exactOptional().meta({ description: 'A note for yourself.' }),
  } satisfies Members<Secret>)
  .meta({ id: 'Secret', description: 'A credential. The secret itself is never stored.' })
