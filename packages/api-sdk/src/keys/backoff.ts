const longest = 30

/** How many seconds to wait after so many failures in a row: 1, 2, 4 and so on up to 30; 0 after a success. */
export function backoffAfter(failures: number): number {
  return failures === 0 ? 0 : Math.min(2 ** (failures - 1), longest)
}
