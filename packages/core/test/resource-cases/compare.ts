import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect } from 'vitest'

/** How each member of an expectation is compared with what came out. */
export type Comparisons = Readonly<Record<string, (expected: unknown) => void>>

/** Compares every member of an expectation. One that nobody knows how to compare fails: nothing is passed over. */
export function compareMembers(expected: object, comparisons: Comparisons): void {
  for (const [member, value] of Object.entries(expected)) {
    const compare = comparisons[member]
    if (compare === undefined) throw new Error(`nothing compares '${member}'`)
    compare(value)
  }
}

/** Compares every member of an expectation with the fact of the same name. */
export function compareFacts(expected: object, facts: Readonly<Record<string, unknown>>): void {
  compareMembers(
    expected,
    Object.fromEntries(
      Object.entries(facts).map(([name, fact]) => [
        name,
        (value: unknown) => expect({ [name]: fact }).toEqual({ [name]: value }),
      ]),
    ),
  )
}

export const names = (entries: readonly { readonly name: string }[]): readonly string[] =>
  entries.map(({ name }) => name)

/** A claim or parameter that may be absent, one value, several separated by spaces, or a list. */
export const asList = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return []
  return typeof value === 'string' ? value.split(' ') : (value as readonly unknown[])
}

export const sorted = (values: unknown): readonly string[] => asList(values).map(String).toSorted()

/** Compares an access token with what a case says of it. */
export function compareToken(token: unknown, expected: object): void {
  const claims = decodeJwt(String(token))
  const { alg } = decodeProtectedHeader(String(token))
  const scope = asList(claims['scope'])
  compareMembers(expected, {
    aud: (value) => expect(asList(claims.aud)).toEqual(asList(value)),
    scope: (value) => expect(scope).toEqual(asList(value)),
    alg: (value) => expect(alg).toBe(value),
    claimNames: (value) => expect(sorted(Object.keys(claims))).toEqual(sorted(value)),
    claimCount: (value) => expect(Object.keys(claims)).toHaveLength(Number(value)),
    claims: (value) => expect(claims).toMatchObject(value as object),
    extra_claim: (value) => expect(claims['extra_claim']).toBe(value),
  })
}
