/** Which numbers of seconds make sense. */
export interface SecondsRange {
  /** @defaultValue `1` */
  readonly least?: number
  /** @defaultValue as many as there are */
  readonly most?: number
}

/** Finds out why a value is no number of seconds, or one that makes no sense. `undefined` stands for a default. */
export function secondsFault(
  value: number | undefined,
  { least = 1, most = Infinity }: SecondsRange = {},
): string | undefined {
  if (value === undefined) return undefined
  if (Number.isSafeInteger(value) && value >= least && value <= most) return undefined
  const range = most === Infinity ? `at least ${least}` : `from ${least} to ${most}`
  return `a whole number of seconds is needed, ${range}`
}
