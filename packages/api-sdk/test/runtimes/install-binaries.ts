import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('./binaries', import.meta.url))

// Not with the packages of the workspace: nobody who works on something else should have to wait for these.
const install = ['install', '--ignore-workspace', '--frozen-lockfile', '--ignore-scripts']

/** Fetches the runtimes, as far as they can be had here, and tells where they are. */
export function installBinaries(): string {
  spawnSync('pnpm', [...install, '--prefer-offline'], { cwd: folder, stdio: 'inherit' })
  return join(folder, 'node_modules')
}
