import { z } from 'zod'
import { configurationSchema } from './configuration-schema.js'

/** The JSON Schema of the configuration file, in the version that most editors understand. */
export function configurationJsonSchema(): object {
  return z.toJSONSchema(configurationSchema, { target: 'draft-7' })
}
