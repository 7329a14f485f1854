import { createHash } from 'node:crypto'
import { base, frame } from './base.js'
import { controls } from './controls.js'
import { people } from './people.js'
import { declarations } from './theme.js'
import type { Theme } from './theme.js'

/** The stylesheet of every page. */
export interface Stylesheet {
  readonly css: string
  /** A hash of what it says: another one, when anything in it has changed. */
  readonly version: string
}

/** Writes the stylesheet in a theme. */
export function createStylesheet(theme: Theme = {}): Stylesheet {
  const css = `:root { ${declarations(theme, 'light')} }
@media (prefers-color-scheme: dark) { :root { ${declarations(theme, 'dark')} } }
${base}${frame}${controls}${people}`
  return { css, version: createHash('sha256').update(css).digest('base64url').slice(0, 16) }
}
