import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { docsFolder, pageNamed } from './pages.js'

/** The files of a page as modules of a test. */
export interface ImportedPage {
  /** Imports a file by the name that the page gives it. */
  readonly load: (file: string) => Promise<unknown>
  readonly remove: () => void
}

/** Writes the code of a page where a test can import it. */
export function importPage(name: string): ImportedPage {
  const cache = join(docsFolder, '.vitepress/cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'page-'))
  for (const { file, code } of pageNamed(name).blocks) {
    if (file !== undefined) writeFileSync(join(folder, file), code)
  }
  return {
    load: (file) => import(join(folder, file)),
    remove: () => rmSync(folder, { recursive: true }),
  }
}
