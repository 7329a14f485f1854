import { given } from '@bailiwick/protocol'
import { de } from './de.js'
import { en } from './en.js'

/** Everything the pages say, in one language. `{name}` stands for what the page puts there. */
export type Texts = Readonly<Record<keyof typeof en, string>>

/** Texts of your own, by language tag: single ones in place of ours, or a language that we do not have. */
export type TextOverrides = Readonly<Record<string, Partial<Texts>>>

/** A language a page is written in. */
export interface Language {
  /** Its tag (RFC 5646), e.g. `de`. */
  readonly tag: string
  readonly texts: Texts
}

/** The languages there are, by lower-case tag. */
export type Catalogue = ReadonlyMap<string, Language>

const ours: Readonly<Record<string, Texts>> = { en, de }

/** What an override does not say is said in the language it is a variant of (`de-CH`: `de`), or else in English. */
function languageOf(tag: string, overrides: Partial<Texts>): readonly [string, Language] {
  const [primary = tag] = tag.toLowerCase().split('-')
  return [tag.toLowerCase(), { tag, texts: { ...(ours[primary] ?? en), ...given(overrides) } }]
}

/** Puts your texts over ours. */
export function createCatalogue(overrides: TextOverrides = {}): Catalogue {
  return new Map(
    Object.entries({ ...ours, ...given(overrides) }).map(([tag, texts]) => languageOf(tag, texts)),
  )
}
