import { createDataKeys } from './keys/data-keys.js'
import type { NewRecord, RecordKind, Store, StoreRecord } from './stores/store.js'

/**
 * The kinds of records that tell something of people, or hold what tokens are derived from. Consents tell which scopes a
 * client may have, and outlive every data key; signing keys are encrypted where they are made, so that one can be revoked
 * whose data key is lost.
 */
const sealedKinds: ReadonlySet<RecordKind> = new Set([
  'authorization_code',
  'refresh_token',
  'reference_token',
  'session',
  'interaction',
  'token_mark',
])

/**
 * Encrypts what a store keeps: the data of its records, and not what they are found by. Records from a time without data
 * keys are read as they are; one that no data key opens is a failure of the store, and never a record that is not there.
 */
export function sealingStore(store: Store, dataKeys: readonly string[]): Store {
  const keys = createDataKeys(dataKeys)

  async function seal<Sealed extends NewRecord>(record: Sealed): Promise<Sealed> {
    if (dataKeys.length === 0 || !sealedKinds.has(record.kind)) return record
    return { ...record, data: await keys.seal(record.data) }
  }

  async function open(record: StoreRecord): Promise<StoreRecord> {
    const { kind, data } = record
    // No record of these kinds is a text before it is encrypted.
    if (typeof data !== 'string' || !sealedKinds.has(kind)) return record
    return { ...record, data: await keys.open(data) }
  }

  const openIfThere = async (record: StoreRecord | undefined): Promise<StoreRecord | undefined> =>
    record && open(record)

  return {
    insert: async (record) => store.insert(await seal(record)),
    find: async (kind, id) => openIfThere(await store.find(kind, id)),
    take: async (kind, id) => openIfThere(await store.take(kind, id)),
    replace: async (record) => store.replace(await seal(record)),
    removeAll: (filter) => store.removeAll(filter),
    async list(filter, page) {
      const { records, next } = await store.list(filter, page)
      return { records: await Promise.all(records.map(open)), ...(next !== undefined && { next }) }
    },
    removeExpired: (limit) => store.removeExpired(limit),
  }
}
