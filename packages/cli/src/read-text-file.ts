import { readFile } from 'node:fs/promises'
import { CommandFailure } from './command-failure.js'

/**
 * Reads a file as UTF-8 text. A byte order mark, which some editors write, is no part of it.
 *
 * @throws CommandFailure when it cannot be read, or is no UTF-8.
 */
export async function readTextFile(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    // A TypeError comes from the decoder. Messages of the file system end in the call and the path: `…, open 'x'`.
    const [reason] =
      error instanceof TypeError
        ? ['it is not UTF-8']
        : String(error)
            .replace(/^Error: /, '')
            .split(',', 1)
    throw new CommandFailure(`${file}: cannot be read: ${reason}`, { cause: error })
  }
}
