import { rewriteBlocks } from './rewrite-blocks.js'

/** The anchor that a heading has on code hosts. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\d\s_-]/gu, '')
    .replaceAll(' ', '-')

const link = (heading: string, text: string): string => `[${text}](#${anchorOf(heading)})`

/** What stands in front of a heading's first word that is code, or all of it. */
const shortOf = (heading: string): string => /^`[^`]+`/.exec(heading)?.[0] ?? heading

/** Two headings with one anchor: hosts would number the second, and links to it would change with the page. */
function checkAnchors(headings: readonly string[]): void {
  const anchors = headings.map(anchorOf)
  const twice = anchors.find((anchor, index) => anchors.indexOf(anchor) < index)
  if (twice !== undefined) throw new Error(`two headings have the anchor #${twice}`)
}

function contentsOf(page: string): string {
  checkAnchors([...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading))
  const sections = page.split(/^## /m).slice(1)
  return sections
    .map((section) => {
      const [title = ''] = section.split('\n', 1)
      const entries = [...section.matchAll(/^### (.*)$/gm)].map(([, heading = '']) =>
        link(heading, shortOf(heading)),
      )
      return `- ${link(title, title)}${entries.length === 0 ? '' : `: ${entries.join(', ')}`}`
    })
    .join('\n')
}

/** Lists the sections of a page, each with what it is about, in its block `contents`. */
export const writeContents = (page: string): string =>
  rewriteBlocks(page, 'contents', () => contentsOf(page))
