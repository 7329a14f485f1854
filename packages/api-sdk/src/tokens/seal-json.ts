const deepest = 32

function sealMembers(value: object, depth: number): Readonly<Record<string, unknown>> {
  const sealed: Record<string, unknown> = Object.create(null)
  for (const [name, member] of Object.entries(value)) {
    // Harmless here, but not for whoever copies the claims with an assignment.
    if (name !== '__proto__') sealed[name] = sealJson(member, depth + 1)
  }
  return Object.freeze(sealed)
}

/**
 * Copies parsed JSON so that it is safe to hand out: frozen all the way down, and objects inherit nothing, so that
 * `claims.toString` is a claim or undefined.
 *
 * @throws RangeError when it is nested more than 32 levels deep.
 */
export function sealJson(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) throw new RangeError(`the JSON is nested more than ${deepest} levels deep`)
  if (Array.isArray(value)) {
    return Object.freeze(value.map((item: unknown) => sealJson(item, depth + 1)))
  }
  return sealMembers(value, depth)
}
