import { OAuthError } from '@bailiwick/protocol'
import type { Parameters } from '../../http/parameters.js'
import { quoted } from '../../http/quoted.js'

/** The values of `prompt` (OpenID Connect Core 1.0 section 3.1.2.1, Initiating User Registration 1.0). */
export const promptValues = ['none', 'login', 'consent', 'select_account', 'create'] as const

/** What the client wants the user to be asked, whether or not it is needed. */
export type Prompt = (typeof promptValues)[number]

const isPrompt = (value: string): value is Prompt => promptValues.some((prompt) => prompt === value)

/** Reads `prompt`. */
export function readPrompts(parameters: Parameters): ReadonlySet<Prompt> {
  const values = parameters.get('prompt')?.split(' ').filter(Boolean) ?? []
  const unknown = values.filter((value) => !isPrompt(value))
  if (unknown.length > 0) {
    throw new OAuthError('invalid_request', {
      description: `prompt ${quoted(...unknown)} is not supported: use ${promptValues.join(', ')}`,
    })
  }
  const prompts = new Set(values.filter(isPrompt))
  if (!prompts.has('none') || prompts.size === 1) return prompts
  throw new OAuthError('invalid_request', { description: `prompt 'none' must stand alone` })
}
