import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docsFolder } from './pages.js'

const installed = join(docsFolder, 'node_modules')
const cli = join(installed, '@bailiwick/cli/dist/bailiwick.js')

/** Starts the command line as npm would: what the compiler wrote cannot be executed as it is. */
const bailiwick = `#!/usr/bin/env bash
exec node '${cli}' "$@"
`

/** Stands for npm: what a page installs is there already, as what was built from this repository. */
const npm = `#!/usr/bin/env bash
case "$1" in
  install | i | ci | add) ;;
  *) PATH="\${PATH#*:}" exec npm "$@" ;;
esac
for name in "\${@:2}"; do
  case "$name" in -*) continue ;; esac
  [ -d "node_modules/\${name%@[0-9^~]*}" ] && continue
  echo "$name is not among the devDependencies of docs/package.json" >&2
  exit 1
done
`

/** Stands for npx, which takes most of a second to find a program that is installed. */
const npx = (modules: string): string => `#!/usr/bin/env bash
if [ ! -x "${modules}/.bin/$1" ]; then
  echo "$1 is not installed" >&2
  exit 127
fi
exec "${modules}/.bin/$1" "\${@:2}"
`

/** Links the packages that programs of a page may import, and the programs that npx may start. */
function linkPackages(modules: string): void {
  mkdirSync(join(modules, '.bin'), { recursive: true })
  for (const name of readdirSync(installed).filter((entry) => !entry.startsWith('.'))) {
    symlinkSync(join(installed, name), join(modules, name))
  }
  for (const name of readdirSync(join(installed, '.bin')).filter(
    (entry) => entry !== 'bailiwick',
  )) {
    symlinkSync(join(installed, '.bin', name), join(modules, '.bin', name))
  }
  writeFileSync(join(modules, '.bin/bailiwick'), bailiwick, { mode: 0o755 })
}

/** What a reader has installed for all folders. */
function installPrograms(bin: string, modules: string): void {
  mkdirSync(bin)
  writeFileSync(join(bin, 'npm'), npm, { mode: 0o755 })
  writeFileSync(join(bin, 'npx'), npx(modules), { mode: 0o755 })
}

/**
 * Makes a folder as a reader has it after `npm install`, outside of the repository: with modules, as pages tell, or as
 * npm makes it.
 */
export function createFolder(type: 'module' | 'commonjs' = 'module'): string {
  if (!existsSync(cli)) throw new Error('pages run with what was built: pnpm build')
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-page-'))
  const modules = join(folder, 'node_modules')
  linkPackages(modules)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type }))
  installPrograms(join(folder, '.bin'), modules)
  return folder
}
