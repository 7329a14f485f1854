import { spawnSync } from 'node:child_process'
import { hasDatabase } from '../../../packages/store-postgres/test/support/find-database.js'
import { temporaryDatabase } from '../../../packages/store-postgres/test/support/temporary-database.js'
import type { Page } from './pages.js'

const database = 'postgres://bailiwick:secret@db.example.com/identity'

const programs = ['curl', 'jq', 'openssl']
const missingPrograms = programs.filter((program) => spawnSync(program).error !== undefined)

const isUsed = ({ blocks }: Page, program: string): boolean =>
  blocks.some(
    ({ language, code }) =>
      /^(?:sh|console)$/.test(language) && new RegExp(`\\b${program} `).test(code),
  )

/** What this machine lacks to run a page. */
export function missingFor(page: Page): string | undefined {
  if (page.text.includes(database) && !hasDatabase) return 'PostgreSQL: set DATABASE_URL'
  return missingPrograms.find((program) => isUsed(page, program))
}

/** Has an empty database, which is gone after the test, stand for that of a page. */
export async function movePlaces(page: string): Promise<(text: string) => string> {
  if (!page.includes(database)) return (text) => text
  const { url } = await temporaryDatabase()
  return (text) => text.replaceAll(database, url)
}
