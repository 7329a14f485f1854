import { configurationJsonSchema } from '../configuration/schema/configuration-json-schema.js'
import { defineCommand } from './command.js'

/** `bailiwick schema`: prints what editors check a configuration file against. */
export const schemaCommand = defineCommand({
  name: 'schema',
  summary: 'Prints the JSON Schema of the configuration file.',
  synopsis: 'schema',
  options: {},
  async run(_values, { stdout }) {
    stdout.write(`${JSON.stringify(configurationJsonSchema(), undefined, 2)}\n`)
  },
})
