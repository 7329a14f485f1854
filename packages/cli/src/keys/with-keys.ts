import { existsSync } from 'node:fs'
import { createAuthorizationServer } from '@bailiwick/core'
import type { KeyManager } from '@bailiwick/core'
import { CommandFailure } from '../command-failure.js'
import { defaultIssuer } from '../commands/default-issuer.js'
import type { CommandContext } from '../commands/command.js'
import { serverDefaults } from '../commands/server-options.js'
import type { Configuration } from '../configuration/configuration.js'
import { loadConfiguration } from '../configuration/load-configuration.js'
import { serverOptions } from '../configuration/server-options.js'
import { formatEvent } from '../serving/format-event.js'
import { keysFailure } from '../serving/keys-ready.js'
import { openStore } from '../serving/open-store.js'
import { readStorePlace } from '../stores/store-place.js'
import type { StorePlace } from '../stores/store-place.js'
import { UsageError } from '../usage-error.js'

/** Whose keys a command is about. */
export interface KeysPlace {
  readonly config?: string
  readonly store?: string
}

/** A place that holds keys: a new file, or the memory of this command, holds none. */
function checkPlace(place: StorePlace): void {
  if (place.kind === 'memory') {
    throw new UsageError('--store memory is gone with the server: its keys are nowhere else')
  }
  if (place.kind !== 'file' || existsSync(place.file)) return
  throw new CommandFailure(
    `the store ${place.file} does not exist: name that of the server with --store`,
  )
}

function checkKeys({ signingKeys = [] }: Configuration, file: string): void {
  if (signingKeys.length === 0) return
  throw new CommandFailure(
    `${file}: the keys of this server are its signingKeys: change them there`,
  )
}

/**
 * Works with the keys that a server keeps in its store, whether it runs or not.
 *
 * @throws CommandFailure when the configuration or the store does not allow it.
 */
export async function withKeys<Result>(
  { config, store: named = serverDefaults.store }: KeysPlace,
  { stderr, now }: Pick<CommandContext, 'stderr' | 'now'>,
  work: (keys: KeyManager) => Promise<Result>,
): Promise<Result> {
  if (config === undefined) throw new UsageError('--config FILE is needed')
  const configuration = await loadConfiguration(config, { defaultIssuer })
  checkKeys(configuration, config)
  const place = readStorePlace(named)
  checkPlace(place)
  const { store, close } = await openStore(place, { migrate: 'no' })
  const { keys } = createAuthorizationServer({
    ...serverOptions(configuration, { defaultIssuer }),
    store,
    onEvent: (event) => stderr.write(`${formatEvent(event, now())}\n`),
  })
  try {
    return await work(keys)
  } catch (error) {
    throw keysFailure(error)
  } finally {
    await close()
  }
}
