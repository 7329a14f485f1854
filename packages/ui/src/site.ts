import { defaults } from './appearance.js'
import type { Appearance } from './appearance.js'
import { createStylesheet } from './style/stylesheet.js'
import type { Asset } from './http/answer-asset.js'
import { createCatalogue } from './texts/catalogue.js'
import type { Catalogue } from './texts/catalogue.js'

/** What all pages of a server have in common. */
export interface Site {
  /** What people know the server as; `undefined` when nobody said and the issuer is not known. */
  readonly name: string | undefined
  readonly logo: string | undefined
  /** Where people can see that they are; `undefined` when the issuer is not known. */
  readonly host: string | undefined
  /** The path of the issuer, without a slash at its end: `''` for the root. */
  readonly issuerPath: string
  readonly stylesheet: Asset
  readonly stylesheetUrl: string
  readonly catalogue: Catalogue
}

/** Where the stylesheet is, below the interactions. */
export const stylesheetName = 'style.css'

/** Settles what all pages of a server have in common. */
export function createSite(appearance: Appearance, issuer: string | undefined): Site {
  const { name, logo, theme, texts, interactionPath = defaults.interactionPath } = appearance
  const url = issuer === undefined ? undefined : new URL(issuer)
  const issuerPath = (url?.pathname ?? '').replace(/\/$/, '')
  const stylesheet = createStylesheet(theme)
  return {
    name: name ?? url?.host,
    logo,
    host: url?.host,
    issuerPath,
    stylesheet,
    stylesheetUrl: `${issuerPath}${interactionPath}/${stylesheetName}?v=${stylesheet.version}`,
    catalogue: createCatalogue(texts),
  }
}
