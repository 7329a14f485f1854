/** Completes what is configured with what counts otherwise, which is also what counts for a member that is undefined. */
export function complete<Settings extends object>(
  configured: Partial<Settings> | undefined,
  otherwise: Settings,
): Settings {
  const members: readonly [string, unknown][] = Object.entries(configured ?? {})
  const stated = members.filter(([, value]) => value !== undefined)
  return Object.freeze({ ...otherwise, ...Object.fromEntries(stated) })
}
