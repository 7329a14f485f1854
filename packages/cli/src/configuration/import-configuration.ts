import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import { CommandFailure } from '../command-failure.js'

/** In code an absent member is often written as `undefined`: `issuer: process.env['ISSUER']`. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, withoutUndefined(member)]),
  )
}

/** On one line, and without the list of modules that Node.js adds to its message. */
function reasonOf(error: unknown): string {
  const [message = ''] = String(error).split('\nRequire stack', 1)
  return message.replaceAll(/\s+/g, ' ')
}

async function importModule(file: string): Promise<object> {
  // No cache: it would leave the compiled file, and what is written in it, in a directory for temporary files.
  const jiti = createJiti(import.meta.url, { fsCache: false, interopDefault: false })
  try {
    return await jiti.import<object>(pathToFileURL(resolve(file)).href)
  } catch (error) {
    throw new CommandFailure(`${file}: cannot be imported: ${reasonOf(error)}`, { cause: error })
  }
}

/**
 * Imports a TypeScript or JavaScript file and gives its default export. Types are not checked.
 *
 * @throws CommandFailure when the file cannot be imported or has no default export.
 */
export async function importConfiguration(file: string): Promise<unknown> {
  const module = await importModule(file)
  if ('default' in module) return withoutUndefined(module.default)
  throw new CommandFailure(
    `${file}: it has no default export: write 'export default' before the configuration`,
  )
}
