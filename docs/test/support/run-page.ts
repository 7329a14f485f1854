import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Block } from './blocks.js'
import { createFolder } from './folder.js'
import type { Page } from './pages.js'
import { movePlaces } from './places.js'
import { movePorts } from './ports.js'
import { isJson, isText } from './printed.js'
import { openShell } from './shell.js'
import type { Shell } from './shell.js'

/** A page that is being run. */
interface Run {
  readonly page: Page
  readonly folder: string
  /** A text of the page as it is run here: with other ports and places. */
  readonly moved: (text: string) => string
  /** What is printed, as the page shows it. */
  readonly asShown: (text: string) => string
  readonly shell: Shell
}

const failAt = ({ path }: Page, { line }: Block, why: string): never => {
  throw new Error(`${path}:${line}: ${why}`)
}

function writeFile({ folder, moved }: Run, name: string, code: string): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, moved(code))
}

/** Runs the commands of a block, and returns what they print. */
async function runCommands({ page, moved, asShown, shell }: Run, block: Block): Promise<string> {
  const commands = moved(block.code)
  const ready = block.notes.get('stays')
  if (ready !== undefined) {
    await shell.start(commands, moved(ready)).catch((error: unknown) => {
      failAt(page, block, error instanceof Error ? error.message : String(error))
    })
    return ''
  }
  const { output, exitCode } = await shell.run(commands)
  const expected = Number(block.notes.get('exits') ?? 0)
  if (exitCode !== expected) failAt(page, block, `it ended with ${exitCode}:\n${output}`)
  return asShown(output)
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function comparePrinted(page: Page, block: Block, printed: string | undefined): void {
  if (printed === undefined) return failAt(page, block, 'there is no sh block before this one')
  const isSame =
    block.language === 'json'
      ? isJson(JSON.parse(block.code) as never, parse(printed) as never)
      : isText(block.code, printed)
  if (!isSame) failAt(page, block, `this is what is printed:\n${printed}`)
}

/** Runs the commands behind `$ `, and compares what each prints with the lines below it. */
async function runConsole(run: Run, block: Block): Promise<void> {
  let { line } = block
  for (const part of block.code.split(/^(?=\$ )/m)) {
    const [command = '', ...shown] = part.split('\n')
    const printed = await runCommands(run, { ...block, code: command.replace(/^\$ /, ''), line })
    comparePrinted(run.page, { ...block, code: shown.join('\n'), line: line + 1 }, printed)
    line += shown.length
  }
}

/** Opens a shell in a folder, with ports and places that are free to use. */
async function open(page: Page): Promise<Run> {
  const folder = createFolder('commonjs')
  const ports = await movePorts(page.text)
  const movePlace = await movePlaces(page.text)
  return {
    page,
    folder,
    shell: openShell(folder),
    moved: (text) => movePlace(ports.moved(text)),
    asShown: ports.asShown,
  }
}

/** Runs what a page tells its readers to run, in their order. */
export async function runPage(page: Page): Promise<void> {
  const run = await open(page)
  let printed: string | undefined
  try {
    for (const block of page.blocks) {
      if (block.file !== undefined) writeFile(run, block.file, block.code)
      if (block.language === 'sh') printed = await runCommands(run, block)
      if (block.language === 'console') await runConsole(run, block)
      if (block.notes.has('prints')) comparePrinted(page, block, printed)
    }
  } finally {
    await run.shell.stop()
    rmSync(run.folder, { recursive: true })
  }
}
