import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { authorizationProofs } from './security/authorization-proofs.js'
import { browserProofs } from './security/browser-proofs.js'
import { operationProofs } from './security/operation-proofs.js'
import { tokenProofs } from './security/token-proofs.js'

const text = readFileSync(new URL('../guides/security-checklist.md', import.meta.url), 'utf8')
const proofs = { ...authorizationProofs, ...tokenProofs, ...browserProofs, ...operationProofs }

/** The names of proofs, which stand in the last column of the tables. */
const named = [...text.matchAll(/^\|.*\| ([^|]+) \|$/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([a-z\d-]+)`/g)].flatMap(([, name]) => name ?? []),
)

describe('docs/guides/security-checklist.md', () => {
  it('names a proof for what can be proved, and each proof', () => {
    expect(new Set(named)).toEqual(new Set(Object.keys(proofs)))
  })

  it.each(Object.entries(proofs))('is right about %s', async (_, prove) => {
    await expect(prove()).resolves.toBeUndefined()
  })
})
