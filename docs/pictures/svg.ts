/** Where something stands. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A picture before it is written: its parts, in the order in which they are painted, and what they say. */
export interface Drawing {
  readonly width: number
  readonly height: number
  readonly parts: readonly string[]
  readonly title: string
  /** The text alternative. */
  readonly description: string
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const escape = (content: string): string =>
  content.replaceAll(/[&<>]/g, (character) => entities[character] ?? '')

/** Writes text with its baseline at a place. */
export const text = ({ x, y }: Pick<Area, 'x' | 'y'>, content: string, className: string): string =>
  `<text x="${x}" y="${y}" class="${className}">${escape(content)}</text>`

/** Draws a rectangle with round corners. */
export const box = ({ x, y, width, height }: Area, className: string): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" class="${className}"/>`

/** Draws a line. */
export const line = (path: string, className: string): string =>
  `<path d="${path}" class="${className}"/>`

// Names are set in a font whose letters are all equally wide, so that what fits here fits everywhere.
const style = `
svg { --paper: #fff; --ink: #20242c; --soft: #5b6270; --lane: #f3f5f8; --edge: #c3c9d4; --line: #7c8595; --identity: #7a3fb0; --api: #0b62b3; --token: #17713c; --no: #b3261e }
@media (prefers-color-scheme: dark) { svg { --paper: #1b1d22; --ink: #e8eaee; --soft: #a5acb9; --lane: #25282f; --edge: #454b57; --line: #8a93a3; --identity: #c9a2f2; --api: #7cb8f5; --token: #7fd3a0; --no: #f29b94 } }
text { font: 11.5px ui-monospace, Menlo, Consolas, monospace; fill: var(--ink) }
.heading { font: 600 11.5px system-ui, sans-serif }
text.lane { font-size: 10.5px }
.note { font: 10.5px system-ui, sans-serif; fill: var(--soft) }
.plain { font: 12.5px system-ui, sans-serif }
.middle { text-anchor: middle }
.identity { fill: var(--identity) } .api { fill: var(--api) } .token { fill: var(--token) } .no { fill: var(--no) }
.gone { fill: var(--soft) }
.struck { text-decoration: line-through }
rect { fill: var(--paper); stroke: var(--edge) }
rect.paper { stroke: none } rect.lane { fill: var(--lane); stroke: none }
rect.identity { stroke: var(--identity) } rect.api { stroke: var(--api) } rect.token { stroke: var(--token); stroke-width: 1.5 }
rect.no { stroke: var(--no); stroke-width: 1.5 } rect.gone { stroke: var(--line); stroke-dasharray: 3 3 }
rect.identity, rect.api, rect.token, rect.no, rect.gone { fill: var(--paper) }
path { fill: none; stroke: var(--line); stroke-width: 1.25 }
path.arrow { marker-end: url(#tip) }
path.gone { stroke-dasharray: 3 3 }
marker path { fill: var(--line); stroke: none }
`

/** Writes a picture as a file that any browser shows, in the colours that the reader prefers. */
export function writeSvg({ width, height, parts, title, description }: Drawing): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * 1.25}" height="${height * 1.25}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escape(title)}</title>`,
    `<desc id="description">${escape(description)}</desc>`,
    `<style>${style}</style>`,
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker>',
    box({ x: 0, y: 0, width, height }, 'paper'),
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}
