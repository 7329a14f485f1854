/**
 * The members that are given. An explicit `undefined` is a setting that nobody made, so that the default counts, whatever
 * the member would switch off.
 */
export const given = <Settings extends object>(settings: Settings): Settings =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only members that may be absent are left out
  Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as Settings
