import type { Asset } from '../http/answer-asset.js'
import { createSite, stylesheetName } from '../site.js'
import type { Site } from '../site.js'
import { createStylesheet } from '../style/stylesheet.js'
import { explanationStyle } from './style/explanation-style.js'
import { pictureStyle } from './style/picture-style.js'
import { workbenchStyle } from './style/workbench-style.js'
import type { ExplorerOptions } from './explorer-options.js'
import { listEntries } from './picture/list-entries.js'
import { drawPicture } from './picture/picture.js'
import { readScripts } from './read-scripts.js'
import { collectSuggestions } from './request/suggested.js'
import type { Suggested } from './request/suggested.js'

/** What stays the same from one request to the next. */
export interface ExplorerSite extends Site {
  /** The path of the page, with that of the issuer. */
  readonly url: string
  readonly scriptUrl: string
  /** The files that the page loads, by their names below its path. */
  readonly assets: ReadonlyMap<string, Asset>
  /** The configuration, as HTML. */
  readonly picture: string
  readonly suggested: Suggested
}

/** Makes what stays the same from one request to the next. */
export function createExplorerSite(
  options: ExplorerOptions,
  { path }: { readonly path: string },
): ExplorerSite {
  const { server, theme } = options
  const site = createSite(options, server.issuer)
  const url = site.issuerPath + path
  const stylesheet = createStylesheet(theme, workbenchStyle + pictureStyle + explanationStyle)
  const assets = new Map([[stylesheetName, stylesheet], ...readScripts()])
  const urlOf = (name: string): string => `${url}/${name}?v=${assets.get(name)?.version}`
  const entries = listEntries(options)
  return {
    ...site,
    url,
    stylesheet,
    stylesheetUrl: urlOf(stylesheetName),
    scriptUrl: urlOf('script.js'),
    assets,
    picture: drawPicture(entries),
    suggested: collectSuggestions(entries, options),
  }
}
