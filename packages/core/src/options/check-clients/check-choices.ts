import type { Client } from '../../stores/client.js'
import { problemAt } from '../problem-at.js'
import type { ClientCheck } from './client-check.js'

type ChoiceName =
  | 'applicationType'
  | 'accessTokenType'
  | 'refreshTokenUsage'
  | 'refreshTokenExpiration'

type Choice = {
  readonly [Name in ChoiceName]: readonly [name: Name, values: readonly Required<Client>[Name][]]
}[ChoiceName]

const choices: readonly Choice[] = [
  ['applicationType', ['web', 'native']],
  ['accessTokenType', ['jwt', 'reference']],
  ['refreshTokenUsage', ['oneTimeOnly', 'reUse']],
  ['refreshTokenExpiration', ['absolute', 'sliding']],
]

function choiceFault(value: string | undefined, values: readonly string[]): string | undefined {
  if (value === undefined || values.includes(value)) return undefined
  return `'${value}' is none of ${values.join(', ')}`
}

/** Finds values that do not exist, for callers without a compiler. */
export const checkChoices: ClientCheck = (client, path) =>
  choices.flatMap(([name, values]) =>
    problemAt(`${path}.${name}`, choiceFault(client[name], values)),
  )
