/** The members that are given. A caller's explicit `undefined` means the default too, whatever it would switch off. */
export const given = <Options extends object>(options: Options): Options =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only members that may be absent are left out
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options
