import { CommandFailure } from '../command-failure.js'

/** What the option `--store` names. */
export type StorePlace =
  | { readonly kind: 'memory' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string }

const takes = '--store takes memory, a file, or a postgres:// or redis:// URL'

/**
 * Whether a URL of a database is what it looks like. One slash too few makes a URL without a host, and `/?#` unencoded in a
 * password one of another place, which would be shown with a part of the password.
 */
export const isWhole = (url: string): boolean => {
  if (!URL.canParse(url) || !url.includes('://')) return false
  const { username, password } = new URL(url)
  return !url.includes('@') || username !== '' || password !== ''
}

const kindByScheme: ReadonlyMap<string, 'postgres' | 'redis'> = new Map([
  ['postgres', 'postgres'],
  ['postgresql', 'postgres'],
  ['redis', 'redis'],
  ['rediss', 'redis'],
])

/**
 * Reads the option `--store`: `memory`, a `postgres://` or `redis://` URL, or the file of an embedded database.
 *
 * @throws CommandFailure for a URL of another kind, and for one that is none.
 */
export function readStorePlace(text: string): StorePlace {
  if (text === 'memory') return { kind: 'memory' }
  // One letter is a drive.
  const [, scheme] = /^(\w{2,}):/.exec(text) ?? []
  if (scheme === undefined) return { kind: 'file', file: text }
  const kind = kindByScheme.get(scheme)
  if (kind === undefined) {
    throw new CommandFailure(`${takes}, not ${scheme}: URLs`)
  }
  // It is not repeated: nobody knows where in it the password is.
  if (!isWhole(text)) {
    throw new CommandFailure(
      `${takes}: this is none; in a password, write %2F for a slash and so on`,
    )
  }
  return { kind, url: text }
}

/** A place as it may be shown: without a password, and without parameters, in which there may be one. */
export function showPlace(place: StorePlace): string {
  switch (place.kind) {
    case 'memory':
      return 'memory'
    case 'file':
      return place.file
    case 'postgres':
    case 'redis': {
      const { protocol, username, password, host, pathname } = new URL(place.url)
      const user = password === '' ? username : `${username}:***`
      return `${protocol}//${user === '' ? '' : `${user}@`}${host}${pathname}`
    }
  }
}
