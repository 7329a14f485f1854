import { CommandFailure } from '../command-failure.js'
import { withKeys } from '../keys/with-keys.js'
import { UsageError } from '../usage-error.js'
import { defineCommand } from './command.js'
import { serverOptions } from './server-options.js'

/** `bailiwick keys revoke`: takes a key back, and with it what it has signed. */
export const keysRevokeCommand = defineCommand({
  name: 'keys revoke',
  summary: 'Takes a key back: what it has signed is not valid any more.',
  synopsis: 'keys revoke --kid KID --config FILE [--store PLACE]',
  options: {
    kid: { placeholder: 'KID', description: 'The name of the key, as keys list shows it.' },
    ...serverOptions,
  },
  async run({ kid, ...place }, context) {
    if (kid === undefined) throw new UsageError('--kid KID is needed')
    const isRevoked = await withKeys(place, context, ({ revoke }) => revoke(kid))
    if (!isRevoked) {
      throw new CommandFailure(`no key has the kid '${kid}': see bailiwick keys list`)
    }
    context.stdout.write(`${kid} is revoked\n`)
  },
})
