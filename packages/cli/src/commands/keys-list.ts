import { formatKeys } from '../keys/format-keys.js'
import { withKeys } from '../keys/with-keys.js'
import { defineCommand } from './command.js'
import { serverOptions } from './server-options.js'

/** `bailiwick keys list`: shows the keys that a server publishes. */
export const keysListCommand = defineCommand({
  name: 'keys list',
  summary: 'Lists the keys in the store that sign, will sign and have signed.',
  synopsis: 'keys list --config FILE [--store PLACE]',
  options: serverOptions,
  async run(values, context) {
    const keys = await withKeys(values, context, ({ list }) => list())
    context.stdout.write(formatKeys(keys))
  },
})
