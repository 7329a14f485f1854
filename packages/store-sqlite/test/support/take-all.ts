import { argv, stdout } from 'node:process'
import { createSqliteStore } from '../../src/index.js'

/** Takes 200 records that other processes take too, and tells how many it got. */
const [, , file = ''] = argv
const store = createSqliteStore({ file })
const taken = await Promise.all(
  Array.from({ length: 200 }, (_, index) => store.take('session', `id-${index}`)),
)
await store.close()
stdout.write(String(taken.filter((each) => each !== undefined).length))
