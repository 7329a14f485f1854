import { cp, mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Choices } from './choices.js'
import { CreationError } from './creation-error.js'
import { layersOf } from './layers.js'
import { projectManifest } from './project-manifest.js'
import { projectSettings } from './project-settings.js'

const templates = fileURLToPath(new URL('../template', import.meta.url))

/** An empty repository is no reason to refuse. */
const isContent = (name: string): boolean => name !== '.git'

function isAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

async function checkEmpty(folder: string): Promise<void> {
  const found = await stat(folder).catch(isAbsent)
  if (found === undefined) return
  if (!found.isDirectory()) throw new CreationError(`${folder} is no folder. Nothing was written.`)
  const names = await readdir(folder)
  if (!names.some(isContent)) return
  throw new CreationError(`${folder} is not empty: choose another folder. Nothing was written.`)
}

async function writeFiles(choices: Choices): Promise<void> {
  const { folder } = choices
  await mkdir(folder, { recursive: true })
  for (const layer of layersOf(choices)) {
    // oxlint-disable-next-line no-await-in-loop -- they make the same folders
    await cp(join(templates, layer.folder), folder, {
      recursive: true,
      errorOnExist: true,
      force: false,
    })
  }
  // npm leaves a file of that name out of packages.
  await rename(join(folder, 'gitignore'), join(folder, '.gitignore'))
  await writeFile(join(folder, 'package.json'), projectManifest(choices))
  await writeFile(join(folder, '.env'), projectSettings(choices.callers), { mode: 0o600 })
}

/**
 * Writes a project into a folder, which is made if it is not there.
 *
 * @throws CreationError if something is there, or it cannot be written.
 */
export async function writeProject(choices: Choices): Promise<void> {
  const { folder } = choices
  try {
    await checkEmpty(folder)
    await writeFiles(choices)
  } catch (error) {
    if (error instanceof CreationError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new CreationError(`${folder} cannot be written: ${reason}`, { cause: error })
  }
}
