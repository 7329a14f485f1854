/**
 * The value below which the given part of all values lies, between the nearest two: `quantile(values, 0.5)` is the
 * median. `NaN` when there are no values.
 */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const position = (sorted.length - 1) * part
  const [below = NaN, above = below] = sorted.slice(Math.floor(position))
  return below + (above - below) * (position % 1)
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}
