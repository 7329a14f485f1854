import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { realpath, rename, rm, writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { CommandFailure } from '../command-failure.js'
import { importReportFormats } from '../import/format-import-report.js'
import { importIdentityServer } from '../import/import-identity-server.js'
import { readSource, showSource } from '../import/sources/read-source.js'
import { reasonOf } from '../stores/store-failure.js'
import { UsageError } from '../usage-error.js'
import { defineCommand } from './command.js'

type Format = keyof typeof importReportFormats

const isFormat = (name: string): name is Format => Object.hasOwn(importReportFormats, name)

function readFormat(name: string): Format {
  if (isFormat(name)) return name
  throw new UsageError(
    `--report takes ${Object.keys(importReportFormats).join(', ')}, not '${name}'`,
  )
}

const extensions: readonly string[] = ['.ts', '.mts', '.js', '.mjs']

/** Whether a file may be written over. */
interface Overwriting {
  readonly force: string | undefined
}

function checkOut(out: string | undefined, { force }: Overwriting): void {
  if (out === undefined) {
    if (force === undefined) return
    throw new UsageError('--force needs --out')
  }
  if (!extensions.includes(extname(out))) {
    throw new UsageError(`--out takes a file that ends in ${extensions.join(', ')}`)
  }
  if (force === undefined && existsSync(out)) {
    throw new CommandFailure(`${out} is there already: --force writes over it`)
  }
}

/** Hashes of secrets are nobody else's business: whoever has one can guess on. */
const mode = 0o600

/** Puts a file into the place of another at once, so that one of them is there whole whatever happens. */
async function replace(out: string, text: string): Promise<void> {
  const place = existsSync(out) ? await realpath(out) : out
  const next = `${place}.${randomUUID()}`
  try {
    await writeFile(next, text, { flag: 'wx', mode })
    await rename(next, place)
  } finally {
    await rm(next, { force: true })
  }
}

async function write(out: string, text: string, { force }: Overwriting): Promise<void> {
  try {
    if (force === undefined) await writeFile(out, text, { flag: 'wx', mode })
    else await replace(out, text)
  } catch (error) {
    throw new CommandFailure(`${out} cannot be written: ${reasonOf(error)}`, { cause: error })
  }
}

/** `bailiwick import`: makes a configuration file of that of an IdentityServer. */
export const importCommand = defineCommand({
  name: 'import',
  summary: 'Makes a configuration file of that of an IdentityServer.',
  synopsis:
    'import --from PLACE [--section NAME] [--schema NAME] [--out FILE [--force]] [--report text|json]',
  options: {
    from: {
      placeholder: 'PLACE',
      description:
        'The configuration: an appsettings.json, or the tables of Entity Framework in a postgres:// URL or a SQLite file.',
    },
    section: {
      placeholder: 'NAME',
      description: 'The section of the appsettings.json. Default: IdentityServer, and the top.',
    },
    schema: {
      placeholder: 'NAME',
      description: 'The schema of the tables in PostgreSQL. Default: the one that has them.',
    },
    out: {
      placeholder: 'FILE',
      description:
        'The file to write, in TypeScript. Default: it is printed, and the report goes to stderr.',
    },
    force: { description: 'Writes over a file that is there.' },
    report: { placeholder: 'NAME', description: 'text, or json for programs. Default: text.' },
  },
  async run({ from, section, schema, out, force, report = 'text' }, { stdout, stderr, now }) {
    if (from === undefined) throw new UsageError('--from PLACE is needed')
    const format = readFormat(report)
    checkOut(out, { force })

    const source = await readSource({ from, section, schema })
    const shownAs = showSource(from)
    const { text, findings, lint } = importIdentityServer(source, { shownAs, now: now() })
    if (out === undefined) stdout.write(text)
    else await write(out, text, { force })
    const stream = out === undefined ? stderr : stdout
    stream.write(importReportFormats[format]({ from: shownAs, out, findings, lint }))
  },
})
