import type { SigningAlgorithm } from '@bailiwick/protocol'
import { collection } from '../collection.js'
import type { Collection, Entry, StoreContext } from '../collection.js'
import type { KeyLife } from './key-life.js'

/** A key as the store keeps it. */
interface KeyData extends Omit<KeyLife, 'expiresAt'> {
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  /** The private key as {@link DataKeys} seal it. Nothing is left of it when it is revoked. */
  readonly sealed?: string
}

/** A key that was read from the store. */
export interface StoredKey extends KeyData, KeyLife {
  /** Which writes tell it from what somebody else has written in between. */
  readonly version: number
}

const keyEntries = (context: StoreContext): Collection<KeyData> =>
  collection('signing_key', context)

/** Of several that make the same key, one can insert it. */
const idOf = ({ algorithm, generation }: KeyData): string => `${algorithm}.${generation}`

const entryOf = ({
  expiresAt,
  ...data
}: Omit<StoredKey, 'version'>): Omit<Entry<KeyData>, 'version'> => ({
  id: idOf(data),
  expiresAt,
  data,
})

/** Reads the keys, also those that were revoked a while ago. */
export async function readKeys(context: StoreContext): Promise<readonly StoredKey[]> {
  const entries = await keyEntries(context).list({})
  return entries.map(({ data, expiresAt, version }) => ({ ...data, expiresAt, version }))
}

/** Adds a key. Gives `false` when somebody else has made the key of this generation. */
export const addKey = (key: Omit<StoredKey, 'version'>, context: StoreContext): Promise<boolean> =>
  keyEntries(context).insert(entryOf(key))

/** Writes a key that was read. Gives `false` when somebody else has written it since. */
export const changeKey = (
  { version, ...key }: StoredKey,
  context: StoreContext,
): Promise<boolean> => keyEntries(context).replace({ ...entryOf(key), version })
