import { CommandFailure } from '../command-failure.js'
import { showPlace } from './store-place.js'
import type { StorePlace } from './store-place.js'

/** What an error says. Some errors of Node.js have a code and no message: those of a name with several addresses. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message === '' && 'code' in error ? String(error.code) : error.message
}

/** Says what could not be done with a store: `cannot open the store …`. */
export function storeFailure(doing: string, place: StorePlace, error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error
  return new CommandFailure(`cannot ${doing} the store ${showPlace(place)}: ${reasonOf(error)}`, {
    cause: error,
  })
}
