/** The text in capitals, or in small letters where it is in capitals already. */
export function otherCase(text: string): string {
  const capitals = text.toUpperCase()
  return capitals === text ? text.toLowerCase() : capitals
}
