import type { ApiResource } from '@bailiwick/protocol'
import type { Fault, LintRule } from '../lint-rule.js'
import type { Entry, LintSubject } from '../lint-subject.js'
import { apisOf, isIsolated, listedScopes } from '../reach.js'

type Api = Entry<ApiResource>

const algorithmsOf = ({ value }: Api): readonly string[] =>
  value.allowedAccessTokenSigningAlgorithms ?? []

const disagree = (one: Api, other: Api): boolean =>
  algorithmsOf(one).length > 0 &&
  algorithmsOf(other).length > 0 &&
  !algorithmsOf(one).some((algorithm) => algorithmsOf(other).includes(algorithm))

const voteOf = (api: Api): string => `'${api.value.name}' takes ${algorithmsOf(api).join(' or ')}`

function faultOf(one: Api, other: Api, subject: LintSubject): Fault {
  const shared = listedScopes(one.value, subject).filter((scope) =>
    other.value.scopes?.includes(scope),
  )
  const consequence =
    shared.length === 0
      ? 'a request for scopes of both is refused'
      : `every request for '${shared[0]}' that names neither is refused`
  return {
    path: `${other.path}.allowedAccessTokenSigningAlgorithms`,
    message: `${voteOf(one)} and ${voteOf(other)}: ${consequence}`,
    fix: 'let both take one algorithm in common, or isolate one of them with requireResourceIndicator',
  }
}

/** Finds API resources that meet in one token, which can be signed for only one of them. */
export const algorithmDisagreement: LintRule = {
  id: 'algorithm-disagreement',
  severity: 'warning',
  title: 'two API resources that a client reaches together and whose algorithms never agree',
  why: 'A token is signed once, with an algorithm that all of its APIs take. A request that leads to both gets invalid_target instead of a token.',
  check: (subject) => {
    // Reference tokens are not signed.
    const signed = subject.clients.filter(({ value }) => value.accessTokenType !== 'reference')
    const together = signed.map(
      ({ value }) => new Set(apisOf(value, subject).filter((api) => !isIsolated(api.value))),
    )
    return subject.apiResources.flatMap((other, index) =>
      subject.apiResources
        .slice(0, index)
        .filter(
          (one) =>
            disagree(one, other) && together.some((apis) => apis.has(one) && apis.has(other)),
        )
        .map((one) => faultOf(one, other, subject)),
    )
  },
}
