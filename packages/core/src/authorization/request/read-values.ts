import { OAuthError } from '@bailiwick/protocol'
import type { Parameters } from '../../http/parameters.js'

const longest = 300

/** Reads a parameter whose values are separated by spaces, the most wanted first: `acr_values`, `ui_locales`. */
export function readValues(parameters: Parameters, name: string): readonly string[] {
  const text = parameters.get(name) ?? ''
  if (text.length > longest) {
    throw new OAuthError('invalid_request', {
      description: `${name} is longer than ${longest} characters`,
    })
  }
  return [...new Set(text.split(' ').filter(Boolean))]
}
