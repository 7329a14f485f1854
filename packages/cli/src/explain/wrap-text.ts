/** How wide lines of text are. */
const textWidth = 100

/** Breaks a sentence between words into lines, of which all but the first begin further right. */
export function wrapText(
  text: string,
  { first, other }: { readonly first: string; readonly other: string },
): string {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > textWidth) {
      lines.push(line)
      line = other
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line].join('\n')
}

/** A sentence as an item of a list. */
export const listItem = (text: string): string => wrapText(text, { first: '  - ', other: '    ' })

/** A sentence below an item of a list. */
export const continued = (text: string): string => wrapText(text, { first: '    ', other: '    ' })
