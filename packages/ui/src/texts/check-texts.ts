import type { ConfigurationProblem } from '@bailiwick/protocol'
import { checkMembers, checkText } from '../check-members.js'
import type { Check } from '../check-members.js'

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

const checkLanguage: Check = (path, texts, tag) =>
  isLanguageTag(tag)
    ? checkMembers(path, texts, checkText)
    : [{ path, message: 'must be a language tag, e.g. fr or pt-BR' }]

/** Finds languages that are none, and texts that are none. */
export const checkTexts = (texts: unknown): readonly ConfigurationProblem[] =>
  checkMembers('texts', texts, checkLanguage)
