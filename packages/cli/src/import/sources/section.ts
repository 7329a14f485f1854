/** A part of a configuration as .NET has it: text, or parts with names. A list is made of parts named `0`, `1` and so on. */
export interface Section {
  readonly name: string
  /** Where it stands: `IdentityServer.Clients[0].RedirectUris`. */
  readonly path: string
  /** Absent for one that has parts, and for `null`. */
  readonly text?: string
  readonly children: readonly Section[]
}

const isIndex = (name: string): boolean => /^\d+$/.test(name)

/** Writes where a part stands: `IdentityServer.Clients[0]`. */
export function pathBelow(path: string, name: string): string {
  if (isIndex(name)) return `${path}[${name}]`
  return path === '' ? name : `${path}.${name}`
}

/** Finds a part by its name, in upper or lower case as in .NET. */
export function childOf(section: Section | undefined, name: string): Section | undefined {
  const wanted = name.toLowerCase()
  return section?.children.find((child) => child.name.toLowerCase() === wanted)
}

/** Makes a part that is text. */
export const textSection = (name: string, path: string, text: string): Section => ({
  name,
  path,
  text,
  children: [],
})
