import type { Question } from '../../pictures/questions.js'
import { jsonBlock } from './format-page.js'

const indent = (block: string, by: string): string =>
  block
    .split('\n')
    .map((line) => (line === '' ? line : `${by}${line}`))
    .join('\n')

function writeCase({ when, answer }: Question['cases'][number]): string {
  const { name, page, text, resources } = answer
  const link = page === undefined ? `**${name}**` : `**[${name}](${page})**`
  const said = `- ${when} → ${link}. ${text}`
  return resources === undefined ? said : `${said}\n\n${indent(jsonBlock(resources), '  ')}`
}

/** Writes questions as a list: what leads where, and what to declare. */
export const writeQuestions = (questions: readonly Question[]): string =>
  questions
    .map(({ asks, cases }) => `- **${asks}**\n\n${indent(cases.map(writeCase).join('\n\n'), '  ')}`)
    .join('\n\n')
