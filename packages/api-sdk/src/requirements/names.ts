import { reject } from './requirement.js'

/** One name, or several of which any will do. */
export type Names = string | readonly [string, ...string[]]

/** Makes a list of names. Throws a ConfigurationError when there are none, or one is no text or empty. */
export function readNames(builder: string, names: Names): readonly string[] {
  const list: readonly unknown[] = [names].flat()
  if (list.length === 0) reject(builder, 'name at least one')
  return list.map((name, index) => {
    if (typeof name === 'string' && name !== '') return name
    return reject(`${builder}[${index}]`, 'a text is needed')
  })
}
