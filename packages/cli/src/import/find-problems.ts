import { checkOptions } from '@bailiwick/core'
import type { ConfigurationProblem } from '@bailiwick/protocol'
import { defaultIssuer } from '../commands/default-issuer.js'
import { serverOptions } from '../configuration/server-options.js'
import { configurationOf } from './configuration-of.js'
import type { Draft } from './mapping/draft.js'

/** The result reads its key from the environment, where there may be none now. */
const anyDataKey = Buffer.alloc(32).toString('base64')

/** What a server would say about a draft. */
export function findProblems(draft: Draft): readonly ConfigurationProblem[] {
  const configuration = { ...configurationOf(draft), dataKeys: [anyDataKey] }
  return checkOptions(serverOptions(configuration, { defaultIssuer }))
}
