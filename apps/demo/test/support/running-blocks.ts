import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../..', import.meta.url))

/** A text of the project, by its path from the root. */
export const readText = (path: string): string =>
  readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8')

/** The block of code in a text that has a name between brackets, or follows a comment with it. */
export function blockOf(text: string, name: string): string {
  const heads = [`\`\`\`\\w+ \\[${name}\\]`, `<!-- ${name} -->\\s+\`\`\`\\w+`]
  const [, code] = new RegExp(`(?:${heads.join('|')})\\n(.*?)\`\`\``, 's').exec(text) ?? []
  if (code === undefined) throw new Error(`there is no block ${name}`)
  return code
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => {
    server.once('listening', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}

/** Waits until something listens. */
async function untilUp(url: string): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    try {
      await fetch(url)
      return
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, 50)
      })
    }
  }
  throw new Error(`nothing listens at ${url}`)
}

/** Blocks of code that run as programs, each at a free port instead of its own. */
export interface RunningBlocks {
  readonly portOf: (port: number) => number
  /** A text with the ports that are really used. */
  readonly withPorts: (text: string) => string
  readonly stop: () => void
}

/** Starts each block by the port that it listens on. */
export async function runBlocks(
  codeByPort: Readonly<Record<number, string>>,
): Promise<RunningBlocks> {
  const temporary = mkdtempSync(join(folder, 'node_modules/.docs-'))
  // Node.js takes no package.json from above a folder of packages.
  writeFileSync(join(temporary, 'package.json'), '{ "type": "module" }')
  const children: ChildProcess[] = []
  const ports = new Map<number, number>()
  for (const port of Object.keys(codeByPort)) ports.set(Number(port), await freePort())
  const portOf = (port: number): number => ports.get(port) ?? port
  const withPorts = (text: string): string =>
    text.replaceAll(/\b500\d\b/g, (port) => String(portOf(Number(port))))

  for (const [port, code] of Object.entries(codeByPort)) {
    const file = join(temporary, `${port}.ts`)
    writeFileSync(file, withPorts(code))
    children.push(
      spawn(process.execPath, ['--import=tsx', '--conditions=bailiwick-source', file], {
        cwd: folder,
        stdio: 'inherit',
      }),
    )
    await untilUp(`http://127.0.0.1:${portOf(Number(port))}/`)
  }
  return {
    portOf,
    withPorts,
    stop() {
      for (const child of children) child.kill()
      rmSync(temporary, { recursive: true })
    },
  }
}
