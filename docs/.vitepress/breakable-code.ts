import type { MarkdownRenderer } from 'vitepress'

const longWord = /[^\s<>]{20,}/g
const seams = /(?<=[a-z])(?=[A-Z])|(?<=[./:_=])(?=\w)/g

/** Lets long names in a line break where their parts meet: `allowed|Access|Token`. Tables fit their page then. */
export function breakableCode(md: MarkdownRenderer): void {
  const { code_inline: code } = md.renderer.rules
  if (code === undefined) throw new TypeError('there is nothing that renders code in a line')
  md.renderer.rules.code_inline = (...token) =>
    code(...token).replace(/(?<=>).+(?=<)/s, (content) =>
      content.replaceAll(longWord, (word) => word.replaceAll(seams, '<wbr>')),
    )
}
