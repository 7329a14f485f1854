import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFolder } from './folder.js'
import { pages } from './pages.js'
import { movePorts } from './ports.js'
import { openShell } from './shell.js'

/** Servers of a page that run as its readers run them. */
export interface Servers {
  /** A text of the page with the ports that are really used. */
  readonly moved: (text: string) => string
  readonly stop: () => Promise<void>
}

/** Starts what stays on a page, so that a test can visit it with a browser. */
export async function startServers(name: string): Promise<Servers> {
  const page = pages.find((candidate) => candidate.name === name)
  if (page === undefined) throw new Error(`there is no page ${name}`)
  const folder = createFolder()
  const shell = openShell(folder)
  const { moved } = await movePorts(page.text)
  for (const { file, code, notes } of page.blocks) {
    if (file !== undefined) writeFileSync(join(folder, file), moved(code))
    const ready = notes.get('stays')
    if (ready !== undefined) await shell.start(moved(code), moved(ready))
  }
  return {
    moved,
    async stop() {
      await shell.stop()
      rmSync(folder, { recursive: true })
    },
  }
}
