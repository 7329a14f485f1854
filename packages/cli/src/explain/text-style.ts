/** How parts of a text stand out. */
export interface TextStyle {
  readonly heading: (text: string) => string
  readonly failure: (text: string) => string
}

const same = (text: string): string => text

/** Text that programs read. */
const plain: TextStyle = { heading: same, failure: same }

const sgr = (code: number) => (text: string) => `\u001B[${code}m${text}\u001B[0m`

/** Text on a terminal. */
const coloured: TextStyle = { heading: sgr(1), failure: sgr(31) }

/** Picks the style for whoever reads a stream. */
export const styleFor = ({ hasColors }: { readonly hasColors?: () => boolean }): TextStyle =>
  hasColors?.() === true ? coloured : plain
