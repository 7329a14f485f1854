import { hasDatabase } from '../../../packages/store-postgres/test/support/find-database.js'
import { temporaryDatabase } from '../../../packages/store-postgres/test/support/temporary-database.js'

const database = 'postgres://bailiwick:secret@db.example.com/identity'

/** What this machine lacks to run a page. */
export const missingFor = (page: string): string | undefined =>
  page.includes(database) && !hasDatabase ? 'PostgreSQL: set DATABASE_URL' : undefined

/** Has an empty database, which is gone after the test, stand for that of a page. */
export async function movePlaces(page: string): Promise<(text: string) => string> {
  if (!page.includes(database)) return (text) => text
  const { url } = await temporaryDatabase()
  return (text) => text.replaceAll(database, url)
}
