import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFolder } from './folder.js'
import { pageNamed } from './pages.js'
import { movePorts } from './ports.js'
import { openShell } from './shell.js'

/** Commands that stay, and what they print when they are ready. */
export interface Staying {
  readonly commands: string
  readonly ready: string
}

/** Servers of a page that run as its readers run them. */
export interface Servers {
  /** A text of the page with the ports that are really used. */
  readonly moved: (text: string) => string
  readonly stop: () => Promise<void>
}

/** Starts what stays on a page, or some of it, so that a test can visit it. */
export async function startServers(name: string, chosen?: readonly Staying[]): Promise<Servers> {
  const page = pageNamed(name)
  const folder = createFolder()
  const shell = openShell(folder)
  const { moved } = await movePorts(page.text)
  const shown = page.blocks.flatMap(({ code, notes }) => {
    const ready = notes.get('stays')
    return ready === undefined ? [] : [{ commands: code, ready }]
  })
  for (const { file, code } of page.blocks) {
    if (file !== undefined) writeFileSync(join(folder, file), moved(code))
  }
  for (const { commands, ready } of chosen ?? shown) {
    await shell.start(moved(commands), moved(ready))
  }
  return {
    moved,
    async stop() {
      await shell.stop()
      rmSync(folder, { recursive: true })
    },
  }
}
