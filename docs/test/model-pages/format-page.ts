import { readFileSync } from 'node:fs'
import { format } from 'oxfmt'
import type { FormatConfig } from 'oxfmt'

const configuration = JSON.parse(
  readFileSync(new URL('../../../.oxfmtrc.json', import.meta.url), 'utf8'),
) as FormatConfig

/** Formats a page as `pnpm format` does, so that the two never disagree about what was generated. */
export async function formatPage(markdown: string): Promise<string> {
  const { code, errors } = await format('page.md', markdown, configuration)
  const [error] = errors
  if (error !== undefined) throw new Error(error.message)
  return code
}

/** Writes an object as a block of JSON, each member of which begins a line. */
export const jsonBlock = (value: object): string =>
  `\`\`\`json\n{\n${JSON.stringify(value).slice(1)}\n\`\`\``
