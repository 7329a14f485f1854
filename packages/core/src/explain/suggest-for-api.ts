import type { ApiLeftOut } from '../decision.js'
import { clientPath } from './describe-decision.js'
import type { DescriptionContext } from './describe-decision.js'
import type { Change } from './suggestion.js'

const changes: Readonly<
  Record<ApiLeftOut['reason'], (api: string, context: DescriptionContext) => Change>
> = {
  isolated: (api) => ({ change: `Send resource=${api}.` }),
  in_company: (api) => ({ change: `Send resource=${api} in the token request.` }),
  not_this_token: (api) => ({ change: `Send resource=${api} in another token request.` }),
  not_named: (api) => ({ change: `Send resource=${api}, or no resource at all.` }),
  not_allowed: (api, context) => {
    const path = `${clientPath(context)}.allowedResources`
    return { change: `Add '${api}' to ${path}.`, path }
  },
}

/** What makes an API part of the audience that was left out. */
export function suggestForApi({ api, reason }: ApiLeftOut, context: DescriptionContext): Change {
  return changes[reason](api, context)
}
