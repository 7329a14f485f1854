import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** A new folder in which projects find the packages of the workspace. */
export function temporaryFolder(): string {
  mkdirSync(modules, { recursive: true })
  return mkdtempSync(join(modules, '.projects-'))
}

export const removeFolder = (folder: string): void => {
  rmSync(folder, { recursive: true })
}
