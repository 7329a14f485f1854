import { isRecord } from '../is-record.js'

type JsonObject = Readonly<Record<string, unknown>>

// What sealed objects inherit from, which is nothing. Objects without any prototype would do the same, but V8 keeps those as
// hash tables: they take four times as long to make and to read.
const nothing: object = Object.freeze(Object.create(null))

function sealList(list: readonly unknown[], depth: number): readonly unknown[] {
  return Object.freeze(list.map((item) => seal(item, depth - 1)))
}

function seal(value: unknown, depth: number): unknown {
  const isList = Array.isArray(value)
  if (!isList && !isRecord(value)) return value
  if (depth < 0) throw new RangeError('the JSON is nested too deep')
  return isList ? sealList(value, depth) : sealObject(value, depth)
}

/**
 * Copies a parsed JSON object so that it is safe to hand out: frozen all the way down, and it inherits nothing, so that
 * `claims.toString` is a claim or undefined.
 *
 * @throws RangeError when what it holds is nested more levels deep than that.
 */
export function sealObject(source: JsonObject, depth: number): JsonObject {
  const sealed: Record<string, unknown> = Object.create(nothing)
  for (const name of Object.keys(source)) {
    // Harmless here, but not for whoever copies the claims with an assignment.
    if (name !== '__proto__') sealed[name] = seal(source[name], depth - 1)
  }
  return Object.freeze(sealed)
}
