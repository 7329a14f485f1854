import { CommandFailure } from '../../command-failure.js'
import { readTextFile } from '../../read-text-file.js'
import { kinds } from './identity-server-configuration.js'
import type { IdentityServerConfiguration, Kind } from './identity-server-configuration.js'
import { parseAppsettings } from './parse-appsettings.js'
import { childOf } from './section.js'
import type { Section } from './section.js'

const usualSection = 'IdentityServer'

const kindNames: readonly string[] = Object.values(kinds)

const isKind = ({ name }: Section): boolean =>
  kindNames.some((kind) => kind.toLowerCase() === name.toLowerCase())

/** Where the configuration stands: in the section that was named, else in the usual one and at the top. */
function placesIn(
  root: Section,
  { file, section }: { readonly file: string; readonly section: string | undefined },
): readonly Section[] {
  if (section === undefined) return [childOf(root, usualSection), root].filter((found) => !!found)
  const found = section.split(':').reduce<Section | undefined>(childOf, root)
  if (found !== undefined) return [found]
  throw new CommandFailure(`${file}: there is no section '${section}'`)
}

/** At the top of a file there is also what has nothing to do with IdentityServer. */
const isForeign = (place: Section, root: Section): boolean => place === root

/**
 * Reads an `appsettings.json`.
 *
 * @param section the names that lead to the configuration, with colons between them as in .NET.
 * @throws CommandFailure when there is no configuration of an IdentityServer in it.
 */
export async function readAppsettings(
  file: string,
  section: string | undefined,
): Promise<IdentityServerConfiguration> {
  const root = parseAppsettings(await readTextFile(file), file)
  const places = placesIn(root, { file, section })
  const entriesOf = (kind: Kind): readonly Section[] => {
    const [first, second] = places.flatMap((place) => childOf(place, kinds[kind]) ?? [])
    if (second === undefined) return first?.children ?? []
    throw new CommandFailure(
      `${file}: there are ${kinds[kind]} in ${usualSection} and at the top: name the section with --section`,
    )
  }
  const known = places.flatMap(({ children }) => children).filter(isKind)
  if (known.length === 0) {
    throw new CommandFailure(
      `${file}: there is none of ${kindNames.join(', ')}: name the section that has them with --section`,
    )
  }
  return {
    origin: 'file',
    identityResources: entriesOf('identityResources'),
    apiScopes: entriesOf('apiScopes'),
    apiResources: entriesOf('apiResources'),
    clients: entriesOf('clients'),
    others: places
      .filter((place) => section !== undefined || !isForeign(place, root))
      .flatMap(({ children }) => children)
      .filter((child) => !isKind(child)),
  }
}
