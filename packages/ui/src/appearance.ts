import type { ConfigurationProblem } from '@bailiwick/protocol'
import { checkText } from './check-members.js'
import { checkTheme } from './style/theme.js'
import type { Theme } from './style/theme.js'
import type { TextOverrides } from './texts/catalogue.js'
import { checkTexts } from './texts/check-texts.js'

/** How the pages look and what they say. Give `createUi` and `createPages` the same. */
export interface Appearance {
  /**
   * What people know the server as, e.g. `Example ID`.
   *
   * @defaultValue the host of the issuer
   */
  readonly name?: string
  /**
   * An image in place of the sign beside the name: an https or data URL, or a path of the issuer's origin.
   *
   * @defaultValue the sign
   */
  readonly logo?: string
  /**
   * Colours, roundness and font.
   *
   * @defaultValue `{}`
   */
  readonly theme?: Theme
  /**
   * Texts of your own: single ones, or whole languages beyond English and German.
   *
   * @defaultValue `{}`
   */
  readonly texts?: TextOverrides
  /**
   * Where the pages are, below the issuer: the `interactionUrl` of the server.
   *
   * @defaultValue `'/interaction'`
   */
  readonly interactionPath?: string
}

/** Every default of the options of this package. */
export const defaults = {
  interactionPath: '/interaction',
  grantsPath: '/grants',
  explorerPath: '/explorer',
} as const

/** Finds out whether something is a path that can be compared with that of a request. */
export function checkPath(name: string, path: unknown): readonly ConfigurationProblem[] {
  if (path === undefined) return []
  if (typeof path === 'string' && /^(?:\/[\w.~-]+)+$/.test(path)) return []
  return [{ path: name, message: 'must be a path such as /name, without a slash at its end' }]
}

const isImageUrl = (logo: unknown): boolean =>
  typeof logo === 'string' && /^(?:https:\/\/|data:image\/|\/(?![/\\]))[^\s]+$/i.test(logo)

function checkLogo(logo: unknown): readonly ConfigurationProblem[] {
  if (logo === undefined || isImageUrl(logo)) return []
  return [{ path: 'logo', message: 'must be an https or data URL of an image, or a path' }]
}

/** Finds everything that is wrong with how the pages should look. */
export function checkAppearance({
  name,
  logo,
  theme,
  texts,
  interactionPath,
}: Appearance): readonly ConfigurationProblem[] {
  return [
    ...checkText('name', name),
    ...checkLogo(logo),
    ...checkTheme(theme),
    ...checkTexts(texts),
    ...checkPath('interactionPath', interactionPath),
  ]
}
