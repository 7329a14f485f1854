/** HTML that is escaped where it has to be. Only {@link html} makes it. */
export interface Html {
  readonly markup: string
}

type Part = string | number | Html | readonly Html[] | undefined

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function write(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'object') {
    return 'markup' in part ? part.markup : part.map(write).join('')
  }
  return String(part).replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}

/** Writes HTML. Text among the values is escaped; HTML, lists of it and `undefined` are not. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: String.raw({ raw: texts }, ...parts.map(write)) }
}
