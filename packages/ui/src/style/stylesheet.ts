import { createAsset } from '../http/answer-asset.js'
import type { Asset } from '../http/answer-asset.js'
import { base, frame } from './base.js'
import { controls } from './controls.js'
import { people } from './people.js'
import { declarations } from './theme.js'
import type { Theme } from './theme.js'

/** Writes the stylesheet of every page in a theme, with what some pages need besides. */
export function createStylesheet(theme: Theme = {}, besides = ''): Asset {
  const css = `:root { ${declarations(theme, 'light')} }
@media (prefers-color-scheme: dark) { :root { ${declarations(theme, 'dark')} } }
${base}${frame}${controls}${people}${besides}`
  return createAsset('text/css', css)
}
