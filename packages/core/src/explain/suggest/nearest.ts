/** How many letters have to change to make one text of another (Levenshtein). */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (const [i, letter] of Array.from(left).entries()) {
    const next = [i + 1]
    for (let j = 0; j < right.length; j += 1) {
      const substitution = (row[j] ?? 0) + (letter === right[j] ? 0 : 1)
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, substitution))
    }
    row = next
  }
  return row[right.length] ?? 0
}

/** Finds the name that was probably meant. `undefined`: none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const most = Math.min(3, Math.max(1, Math.floor(name.length / 2)))
  const [best] = names
    .map((candidate) => ({ candidate, far: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ far }) => far <= most)
    .toSorted((left, right) => left.far - right.far)
  return best?.candidate
}
