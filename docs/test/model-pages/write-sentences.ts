import type { Explained } from './page-request.js'

/** Where the tokens are shown themselves, they are not shown again. */
const isShownElsewhere = (section: string): boolean =>
  /^(Request|Access token|ID token|Userinfo)\b/.test(section)

/**
 * Writes the command, and what it says of the decisions and of what is missing; or those of its sections alone in whose
 * heading a word is.
 */
export async function writeSentences(
  { commandLine, text }: Explained,
  word: string,
): Promise<string> {
  const sections = (await text()).trimEnd().split('\n\n')
  const told = sections
    .map((section) => {
      const [heading = ''] = section.split('\n')
      return isShownElsewhere(section) || !heading.includes(word) ? '…' : section
    })
    .filter((section, index, all) => section !== '…' || all[index - 1] !== '…')
  return `\`\`\`console\n$ ${commandLine}\n${told.join('\n\n').replaceAll(/…\n\n|\n\n…/g, (gap) => gap.replace('\n\n', '\n'))}\n\`\`\``
}
