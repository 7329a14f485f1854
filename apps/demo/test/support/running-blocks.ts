import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../../../tests/support/free-port.js'
import { startProgram } from '../../../../tests/support/start-program.js'
import type { RunningProgram } from '../../../../tests/support/start-program.js'

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

/** Starts a program from source, and waits until it listens. Not all of them say so. */
async function startListening(file: string, url: string): Promise<RunningProgram> {
  const command = [execPath, '--import=tsx', '--conditions=bailiwick-source', file]
  const program = await startProgram(command, { cwd: folder })
  const ending = program.ended.then((how): boolean => {
    throw new Error(`it ended with ${how} before it listened: ${program.output()}`)
  })
  const isUp = (): Promise<boolean> =>
    fetch(url).then(
      () => true,
      () => false,
    )
  // It needs the processor more than this does.
  while (!(await Promise.race([isUp(), ending]))) await setTimeout(50)
  ending.catch(() => {})
  return program
}

/** Blocks of code that run as programs, each at a free port instead of its own. */
export interface RunningBlocks {
  readonly portOf: (port: number) => number
  /** A text with the ports that are really used. */
  readonly withPorts: (text: string) => string
  readonly stop: () => Promise<void>
}

/** Starts each block by the port that it listens on. */
export async function runBlocks(
  codeByPort: Readonly<Record<number, string>>,
): Promise<RunningBlocks> {
  const temporary = mkdtempSync(join(folder, 'node_modules/.docs-'))
  // Node.js takes no package.json from above a folder of packages.
  writeFileSync(join(temporary, 'package.json'), '{ "type": "module" }')
  const programs: RunningProgram[] = []
  const ports = new Map<number, number>()
  for (const port of Object.keys(codeByPort)) ports.set(Number(port), await freePort())
  const portOf = (port: number): number => ports.get(port) ?? port
  const withPorts = (text: string): string =>
    text.replaceAll(/\b500[1-9]\b/g, (port) => String(portOf(Number(port))))

  for (const [port, code] of Object.entries(codeByPort)) {
    const file = join(temporary, `${port}.ts`)
    writeFileSync(file, withPorts(code))
    programs.push(await startListening(file, `http://127.0.0.1:${portOf(Number(port))}/`))
  }
  return {
    portOf,
    withPorts,
    async stop() {
      await Promise.all(programs.map(({ end }) => end('SIGKILL')))
      rmSync(temporary, { recursive: true })
    },
  }
}
