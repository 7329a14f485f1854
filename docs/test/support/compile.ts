import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Block } from './blocks.js'
import { docsFolder } from './pages.js'
import type { Page } from './pages.js'

const compiler = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url))

/** What somebody has who begins with `tsc --init`. */
const compilerOptions = {
  module: 'nodenext',
  target: 'es2023',
  lib: ['es2023'],
  types: ['node'],
  moduleDetection: 'force',
  strict: true,
  skipLibCheck: true,
  noEmit: true,
}

/** Puts code at the line at which it is in its page, so that messages name that line. */
const atItsLine = (block: Block, before = ''): string => {
  const lines = before.split('\n').length
  return before + '\n'.repeat(block.line - lines) + block.code
}

/** The last of the blocks above it that is the file. */
function fileAbove(page: Page, block: Block, file: string): Block {
  const found = page.blocks.findLast((other) => other.file === file && other.line < block.line)
  if (found !== undefined) return found
  throw new Error(`${page.path}:${block.line - 2}: there is no block [${file}] above this one`)
}

/** The name under which a block is compiled. */
function compiledName(page: Page, block: Block): string {
  const { file, line } = block
  const isLast = page.blocks.findLast((other) => other.file === file) === block
  return file !== undefined && isLast ? file : `line-${line}.ts`
}

function compiledCode(page: Page, block: Block): string {
  const after = block.notes.get('after')
  return after === undefined
    ? atItsLine(block)
    : atItsLine(block, atItsLine(fileAbove(page, block, after)))
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Makes a project in which each page is a folder. */
function writeProject(folder: string, pages: readonly Page[]): void {
  symlinkSync(join(docsFolder, 'node_modules'), join(folder, 'node_modules'))
  write(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  const include = pages.map(({ name }) => name)
  write(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }))
  for (const page of pages) {
    write(join(folder, page.name, 'nothing.ts'), '')
    for (const block of page.blocks.filter(({ language }) => /^tsx?$/.test(language))) {
      write(join(folder, page.name, compiledName(page, block)), compiledCode(page, block))
    }
  }
}

async function compile(folder: string): Promise<string> {
  try {
    await promisify(execFile)(process.execPath, [compiler, '--pretty', 'false'], { cwd: folder })
    return ''
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout)
    throw error
  }
}

/** Says where in a page something is wrong, instead of where in the project. */
function inPage(message: string, pages: readonly Page[]): string {
  const page = pages.find(({ name }) => message.startsWith(`${name}/`))
  if (page === undefined) return message
  return message
    .replace(/^.*?\((\d+),(\d+)\)/, `${page.path}:$1:$2`)
    .replaceAll(`${page.name}/`, '')
}

/** Compiles the code of all pages as one program, and tells what is wrong: `docs/guides/keys.md:7:1: error …`. */
export async function compilePages(pages: readonly Page[]): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-docs-'))
  try {
    writeProject(folder, pages)
    const messages = (await compile(folder)).split(/\n(?=\S)/).filter((line) => line !== '')
    return messages.map((message) => inPage(message.trimEnd(), pages))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
