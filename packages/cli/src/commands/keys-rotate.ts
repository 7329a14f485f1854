import type { RotationOptions } from '@bailiwick/core'
import { isSigningAlgorithm, signingAlgorithms } from '@bailiwick/protocol'
import type { SigningAlgorithm } from '@bailiwick/protocol'
import { formatKeys } from '../keys/format-keys.js'
import { withKeys } from '../keys/with-keys.js'
import { UsageError } from '../usage-error.js'
import { defineCommand } from './command.js'
import { serverOptions } from './server-options.js'

function readAlgorithm(text: string | undefined): SigningAlgorithm | undefined {
  if (text === undefined || isSigningAlgorithm(text)) return text
  throw new UsageError(`--algorithm takes ${signingAlgorithms.join(', ')}, not '${text}'`)
}

function readStart(text: string): RotationOptions {
  if (text === 'announced') return { signs: 'announced' }
  if (text === 'at-once') return { signs: 'atOnce' }
  throw new UsageError(`--signs takes announced or at-once, not '${text}'`)
}

/** `bailiwick keys rotate`: replaces keys before their time. */
export const keysRotateCommand = defineCommand({
  name: 'keys rotate',
  summary: 'Makes the successors of keys before their time.',
  synopsis: 'keys rotate --config FILE [--store PLACE] [--algorithm NAME] [--signs WHEN]',
  options: {
    ...serverOptions,
    algorithm: { placeholder: 'NAME', description: 'Whose key to replace. Default: all.' },
    signs: {
      placeholder: 'WHEN',
      description:
        'announced: when everybody had the time to see it; at-once: in emergencies. Default: announced.',
    },
  },
  async run({ algorithm: name, signs = 'announced', ...place }, context) {
    const algorithm = readAlgorithm(name)
    const start = readStart(signs)
    const keys = await withKeys(place, context, ({ rotate }) => rotate(algorithm, start))
    context.stdout.write(formatKeys(keys))
  },
})
