import { it } from 'vitest'
import { sayNotChecked } from '../../../tests/support/say-not-checked.js'
import { pagesWith } from './pages.js'
import type { Page } from './pages.js'
import { missingFor } from './places.js'
import { runPage } from './run-page.js'

/** Pages whose commands another test runs, because it also writes what they print. */
export const runElsewhere: Readonly<Record<string, string>> = {
  'guides/explain': 'packages/cli/test/explain-docs.test.ts',
}

/** Runs the commands of some pages. They are in several files, so that each processor has some. */
export function describeCommands(isMeant: (page: Page) => boolean): void {
  const meant = pagesWith('sh', 'console').filter(
    (page) => !(page.name in runElsewhere) && isMeant(page),
  )
  for (const page of meant) {
    const missing = missingFor(page)
    sayNotChecked(missing === undefined, missing ?? '')
  }
  it.each(meant.filter((page) => missingFor(page) === undefined))(
    '$name runs',
    { timeout: 180_000 },
    (page) => runPage(page),
  )
}
