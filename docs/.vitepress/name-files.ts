import type { MarkdownRenderer } from 'vitepress'

/** Puts the name of a file above its code: ```` ```ts [server.ts] ````. In a group of code the tab has it already. */
export function nameFiles(md: MarkdownRenderer): void {
  const { fence } = md.renderer.rules
  if (fence === undefined) throw new TypeError('there is nothing that renders code')
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    // Rendering takes the name away.
    const [, name] = /^\S+ \[([^\]]+)\]/.exec(tokens[index]?.info ?? '') ?? []
    const html = fence(tokens, index, ...rest)
    const isInGroup = tokens.slice(0, index).findLast(({ type }) => /code-group_/.test(type))
    if (name === undefined || isInGroup?.type === 'container_code-group_open') return html
    return `<div class="file-name">${md.utils.escapeHtml(name)}</div>${html}`
  }
}
