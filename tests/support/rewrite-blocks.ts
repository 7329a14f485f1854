/**
 * Writes what stands in a page between `<!-- kind: subject -->` and `<!-- end -->` anew. What people have written around
 * these blocks stays.
 */
export function rewriteBlocks(
  page: string,
  kind: string,
  write: (subject: string) => string,
): string {
  const block = new RegExp(`^(<!-- ${kind}(?:: (.*?))? -->\\n)[^]*?^(<!-- end -->)$`, 'gm')
  return page.replaceAll(
    block,
    (_, head: string, subject = '', end: string) => `${head}\n${write(subject).trim()}\n\n${end}`,
  )
}

/** The subjects of the blocks of a kind, in their order. */
export const subjectsOf = (page: string, kind: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^<!-- ${kind}: (.*?) -->$`, 'gm'))].map(
    ([, subject = '']) => subject,
  )
