/** What remains of members without those that are not there. */
export type Given<Members> = {
  readonly [Name in keyof Members]?: Exclude<Members[Name], undefined>
}

/** The members that are there. */
export const given = <Members extends object>(members: Members): Given<Members> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only members that are not there are left out
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Given<Members>
