const deepest = 32

function sealList(list: readonly unknown[], depth: number): readonly unknown[] {
  return Object.freeze(list.map((item) => seal(item, depth + 1)))
}

function seal(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) throw new RangeError(`the JSON is nested more than ${deepest} levels deep`)
  return Array.isArray(value) ? sealList(value, depth) : sealObject(value, depth)
}

/**
 * Copies a parsed JSON object so that it is safe to hand out: frozen all the way down, and it inherits nothing, so that
 * `claims.toString` is a claim or undefined.
 *
 * @throws RangeError when it is nested more than 32 levels deep.
 */
export function sealObject(source: object, depth = 0): Readonly<Record<string, unknown>> {
  const sealed: Record<string, unknown> = Object.create(null)
  for (const [name, value] of Object.entries(source)) {
    // Harmless here, but not for whoever copies the claims with an assignment.
    if (name !== '__proto__') sealed[name] = seal(value, depth + 1)
  }
  return Object.freeze(sealed)
}
