/** The members that have a value, so that an absent claim is absent and not `undefined`. */
export const present = (
  claims: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
