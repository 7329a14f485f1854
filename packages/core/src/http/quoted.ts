/** The most characters of a value that a description repeats. */
const longest = 80

const shorten = (value: string): string =>
  value.length > longest ? `${value.slice(0, longest)}...` : value

/** Writes values that a request sent into an error description, so that no value can push the explanation out. */
export function quoted(...values: readonly string[]): string {
  return values.map((value) => `'${shorten(value)}'`).join(', ')
}
