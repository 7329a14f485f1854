import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

type Token = ReturnType<MarkdownRenderer['parse']>[number]

/** Makes an image of another file, and with a class, of an image. */
function imageLike(image: Token, src: string, className: string): Token {
  const attributes = new Map(image.attrs)
  const attrs = [...attributes.set('src', src).set('class', className)]
  return Object.assign(Object.create(image), { attrs })
}

/** An image in light and in dark colours; alone where there is no `name-dark.png` beside its `name.png`. */
function inBothColours(token: Token, folder: string): readonly Token[] {
  const light = token.type === 'image' ? token.attrGet('src') : null
  if (light === null) return [token]
  const dark = light.replace(/(\.\w+)$/, '-dark$1')
  if (!existsSync(join(folder, dark))) return [token]
  return [imageLike(token, light, 'in-light'), imageLike(token, dark, 'in-dark')]
}

/** Shows `name-dark.png` instead of `name.png` to those who read in dark colours. */
export function darkImages(md: MarkdownRenderer): void {
  md.core.ruler.push('dark_images', ({ tokens, env }) => {
    const page: unknown = env.path
    if (typeof page !== 'string') return
    for (const token of tokens)
      token.children &&= token.children.flatMap((child) => inBothColours(child, dirname(page)))
  })
}
