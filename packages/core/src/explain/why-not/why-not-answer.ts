import type { DescriptionContext } from '../describe/description.js'
import type { Explanation } from '../explanation.js'
import type { ExplainedError } from '../trace.js'
import type { Change, Suggestion } from '../suggest/suggestion.js'

/** Why something is not there. */
export interface WhyNotAnswer {
  readonly kind: 'scope' | 'audience' | 'claim'
  readonly name: string
  /** Whether it is there after all: a scope or audience of the access token, or a claim of any of the answers. */
  readonly isThere: boolean
  /** Why it is there, or not, in one plain sentence. */
  readonly because: string
  /** The smallest change that gives it. Absent when there is nothing to change. */
  readonly change?: string
  /** Where in the configuration the change would be. Absent when it is the request that has to change. */
  readonly path?: string
}

/** What an answer is found in. */
export type Explained = Omit<Explanation, 'answers'>

/** What an answer says. */
export type Reason = Omit<WhyNotAnswer, 'kind' | 'name'>

/** Answers one kind of question. */
export type AnswerWhyNot = (
  name: string,
  explanation: Explained,
  context: DescriptionContext,
) => Reason

/** It is there. */
export const there = (because: string): Reason => ({ isThere: true, because })

/** It is not there. */
export const missing = (because: string, change: Change): Reason => ({
  isThere: false,
  because,
  ...change,
})

/** It goes down with the whole request, for a reason that is not its own. */
export const lostWith = ({ error_description: reason }: ExplainedError): Reason =>
  missing(`The request fails, for another reason: ${reason}.`, {
    change: 'Change what the request fails for.',
  })

/** What was suggested anyway about something. */
export function suggested(
  kind: Suggestion['missing']['kind'],
  name: string,
  { suggestions }: Explained,
): Reason | undefined {
  const found = suggestions.find(
    (suggestion) => suggestion.missing.kind === kind && suggestion.missing.names.includes(name),
  )
  if (found === undefined) return undefined
  const { because, change, path } = found
  return missing(because, path === undefined ? { change } : { change, path })
}
