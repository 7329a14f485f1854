import { argv, exit, stdout } from 'node:process'
import { createSqliteStore } from '@bailiwick/store-sqlite'
import { chapters } from './chapters.js'
import { startDemo } from './demo.js'
import type { Demo } from './demo.js'
import { table } from './table.js'
import { tour } from './tour.js'

const print = (text: string): void => {
  stdout.write(`${text}\n`)
}

/** Visits every chapter, prints what came, and tells how many examples differ. */
async function visitAll({ origins }: Demo): Promise<number> {
  const visited = await Promise.all(
    chapters.map(async (chapter) => ({ chapter, stops: await tour(chapter, origins) })),
  )
  for (const { chapter, stops } of visited) {
    print(
      `\n${chapter.title}\nissuer ${origins.identity}/${chapter.name}\n\n${table(chapter, stops)}`,
    )
  }
  const stops = visited.flatMap((visit) => visit.stops)
  const differing = stops.filter(({ isAsExpected }) => !isAsExpected).length
  print(`\n${stops.length - differing} of ${stops.length} examples came out as expected.`)
  return differing
}

const isTourOnly = argv.includes('--tour')
const ports = isTourOnly
  ? { identity: 0, invoice: 0, customer: 0, web: 0 }
  : { identity: 5001, invoice: 5002, web: 5003, customer: 5004 }
// The tour asks for everything anew. Who signs in at the demo stays signed in when it is started again.
const store = isTourOnly ? undefined : createSqliteStore({ file: 'bailiwick-demo.db' })
const demo = await startDemo({ ports, store }).catch((error: unknown) => {
  print(`The demo cannot start: ${error instanceof Error ? error.message : String(error)}`)
  return exit(1)
})
const differing = await visitAll(demo)

if (isTourOnly || differing > 0) {
  await demo.stop()
  exit(differing === 0 ? 0 : 1)
}
print(`
The servers stay up until you press Ctrl+C; who is signed in is kept in apps/demo/bailiwick-demo.db:
  identity server  ${demo.origins.identity}
  invoice API      ${demo.origins.invoice}
  customer API     ${demo.origins.customer}
  web client       ${demo.origins.web}   <- open this in a browser, and sign in as alice (password alice)
Try one yourself:
  curl -u tour:secret -d grant_type=client_credentials -d scope=read ${demo.origins.identity}/shared/token`)
