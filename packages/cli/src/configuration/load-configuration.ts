import { extname } from 'node:path'
import { ConfigurationError } from '@bailiwick/protocol'
import { CommandFailure } from '../command-failure.js'
import { readTextFile } from '../read-text-file.js'
import { checkConfiguration } from './check-configuration.js'
import type { Configuration } from './configuration.js'
import { importConfiguration } from './import-configuration.js'
import { parseJson } from './parse-json.js'
import type { ConfigurationContext } from './server-options.js'

const moduleExtensions: readonly string[] = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']

async function readConfiguration(file: string): Promise<unknown> {
  const extension = extname(file)
  if (extension !== '.json' && !moduleExtensions.includes(extension)) {
    throw new CommandFailure(
      `${file}: a configuration file ends in .json, ${moduleExtensions.join(', ')}`,
    )
  }
  // Modules are read as well, because an importer does not tell a file that is not there from a mistake in it.
  const text = await readTextFile(file)
  return extension === '.json' ? parseJson(text, file) : importConfiguration(file)
}

/**
 * Reads a configuration file and checks it.
 *
 * @throws CommandFailure that names every mistake with its path.
 */
export async function loadConfiguration(
  file: string,
  context: ConfigurationContext,
): Promise<Configuration> {
  const input = await readConfiguration(file)
  try {
    return checkConfiguration(input, context)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    throw new CommandFailure(`${file}: ${error.message}`, { cause: error })
  }
}
