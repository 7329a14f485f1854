import { migrateStore } from '../stores/migrate-store.js'
import { readStorePlace } from '../stores/store-place.js'
import { UsageError } from '../usage-error.js'
import { defineCommand } from './command.js'

/** `bailiwick migrate`: makes the tables of a store, or brings them to the state of today. */
export const migrateCommand = defineCommand({
  name: 'migrate',
  summary: 'Makes the tables of a store, or brings them up to date.',
  synopsis: 'migrate --store PLACE',
  options: {
    store: {
      placeholder: 'PLACE',
      description: 'The store: a file, or a postgres:// URL.',
    },
  },
  async run({ store }, { stdout }) {
    if (store === undefined) throw new UsageError('--store PLACE is needed')
    const steps = await migrateStore(readStorePlace(store))
    const lines = steps.length === 0 ? ['everything is up to date'] : steps
    stdout.write(lines.map((line) => `${line}\n`).join(''))
  },
})
