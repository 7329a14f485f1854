import type { Command } from './commands/command.js'

/** Aligns pairs of a term and its explanation. */
function table(rows: readonly (readonly [term: string, explanation: string])[]): string {
  const width = Math.max(...rows.map(([term]) => term.length))
  return rows.map(([term, explanation]) => `  ${term.padEnd(width)}  ${explanation}\n`).join('')
}

/** What `bailiwick --help` prints. */
export function usage(commands: readonly Command[]): string {
  return [
    'Usage: bailiwick COMMAND [OPTIONS]\n\nCommands:\n',
    table(commands.map(({ name, summary }) => [name, summary])),
    '\nOptions:\n',
    table([
      ['--help', 'Prints this, or with a command how it is used.'],
      ['--version', 'Prints the version.'],
    ]),
  ].join('')
}

/** What `bailiwick COMMAND --help` prints. */
export function commandUsage({ synopsis, summary, options }: Command): string {
  const rows = Object.entries(options).map(
    ([name, { placeholder, description }]) =>
      [placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`, description] as const,
  )
  return [
    `Usage: bailiwick ${synopsis}\n\n${summary}\n\nOptions:\n`,
    table([...rows, ['--help', 'Prints this.']]),
  ].join('')
}
