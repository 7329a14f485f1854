import { emitWarning, env } from 'node:process'
import { expect, it } from 'vitest'

/**
 * Says loudly what cannot be tested because something is missing on this machine, and passes. Where everything has to be
 * tested, that is with `BAILIWICK_TEST_ALL` in the environment, it fails.
 */
export function sayNotChecked(isThere: boolean, missing: string): void {
  if (isThere) return
  emitWarning(`NOT CHECKED: there is no ${missing}`)
  it(`NOT CHECKED: there is no ${missing}`, () => {
    expect(env['BAILIWICK_TEST_ALL']).toBeUndefined()
  })
}
