import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** A new folder in which projects find the packages of the workspace. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'create-bailiwick-'))
  symlinkSync(modules, join(folder, 'node_modules'), 'dir')
  return folder
}

export const removeFolder = (folder: string): void => {
  rmSync(folder, { recursive: true })
}
