import type { ApiLeftOut, AudienceDecided, ResourceRefused } from '../../decision.js'
import { atApi, atClient, enumerate, pathed } from './description.js'
import type { DescriptionContext, Descriptions } from './description.js'

const leftOutBecause = {
  isolated: 'it is isolated and the request does not name it',
  not_named: 'the request names others',
  not_allowed: 'the client may have no token for it',
  in_company: 'it is isolated, and this token is not for it alone',
  not_this_token: 'this token is for another of the resources that were authorized',
} as const satisfies Record<ApiLeftOut['reason'], string>

const pathOfApi = ({ api, reason }: ApiLeftOut, context: DescriptionContext): string | undefined =>
  ({
    isolated: () => atApi(api, context, 'requireResourceIndicator'),
    in_company: () => atApi(api, context, 'requireResourceIndicator'),
    not_allowed: () => atClient(context, 'allowedResources'),
    not_named: () => undefined,
    not_this_token: () => undefined,
  })[reason]()

const refusedBecause = {
  no_scope: 'no scope of the request leads to it for this client',
  not_authorized: 'the authorization request named others',
  malformed: 'it is not an absolute URI',
} as const satisfies Record<ResourceRefused['reason'], string>

function audienceSentence({ audience, hasStaticAudience }: AudienceDecided): string {
  const last = audience.at(-1)
  if (last === undefined) {
    return 'The access token has no audience: none of its scopes leads to an API.'
  }
  if (!hasStaticAudience) return `The audience of the access token is ${enumerate(audience)}.`
  return audience.length === 1
    ? `The audience of the access token is ${last}, which emitStaticAudienceClaim adds, and no API.`
    : `The audience of the access token is ${enumerate(audience)}, the last because of emitStaticAudienceClaim.`
}

/** Puts in words for whom a token is. */
export const describeAudience: Descriptions<
  | 'api_included'
  | 'api_left_out'
  | 'resource_refused'
  | 'resource_needed'
  | 'token_narrowed'
  | 'audience_decided'
> = {
  api_included: ({ api, scope, reason }, context) => ({
    rule: reason === 'named' ? 'RFC 8707 section 2' : 'scopes',
    path: atApi(api, context, 'scopes'),
    sentence:
      reason === 'named'
        ? `The API ${api} takes part: the request names it, and it lists the scope ${scope}.`
        : `The API ${api} takes part: it lists the scope ${scope}.`,
  }),
  api_left_out: (decision, context) => ({
    rule: 'RFC 8707 section 2',
    ...pathed(pathOfApi(decision, context)),
    sentence: `The API ${decision.api} is left out: ${leftOutBecause[decision.reason]}.`,
  }),
  resource_refused: ({ resource, reason }, { locator }) => ({
    rule: 'RFC 8707 section 2',
    ...pathed(locator.api(resource)?.path),
    sentence: `The resource ${resource} is refused, and the whole request with it: ${refusedBecause[reason]}.`,
  }),
  resource_needed: ({ resources }) => ({
    rule: 'RFC 8707 section 2.2',
    sentence:
      resources.length === 1
        ? `The token request has to name ${enumerate(resources)}, because it is isolated.`
        : `The token request has to name one of ${enumerate(resources)}, because they are isolated: a token is for one of them alone.`,
  }),
  token_narrowed: ({ resource, reason }) => ({
    rule: 'RFC 8707 section 2.2',
    sentence:
      reason === 'requested'
        ? `The token is for ${resource} alone: the token request names it.`
        : `The token is for ${resource} alone: the authorization request named no other.`,
  }),
  audience_decided: (decision) => ({
    rule: 'RFC 9068 section 3',
    ...(decision.hasStaticAudience && { path: 'emitStaticAudienceClaim' }),
    sentence: audienceSentence(decision),
  }),
}
