import { isResourceIndicator, OAuthError } from '@bailiwick/protocol'
import type { ApiResource, SigningAlgorithm } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { AlgorithmVotes } from '../decision.js'

const algorithmsOf = (apiResource: ApiResource): readonly SigningAlgorithm[] =>
  apiResource.allowedAccessTokenSigningAlgorithms ?? []

/** The API resources that mind, and what they take. */
export const votesOf = (apiResources: readonly ApiResource[]): AlgorithmVotes =>
  apiResources
    .map((apiResource) => ({ api: apiResource.name, algorithms: algorithmsOf(apiResource) }))
    .filter(({ algorithms }) => algorithms.length > 0)

function disagreement(voters: readonly ApiResource[]): OAuthError {
  const votes = voters.map(
    (apiResource) => `'${apiResource.name}' takes ${algorithmsOf(apiResource).join(' or ')}`,
  )
  const remedy = voters.every(({ name }) => isResourceIndicator(name))
    ? 'name one of them with resource'
    : 'ask for the scopes of one of them at a time'
  return new OAuthError('invalid_target', {
    description: `the APIs of this token agree on no signing algorithm: ${votes.join(', ')}; ${remedy}`,
  })
}

/**
 * Lets the API resources of a token vote on the algorithm it is signed with. Those without a list accept any; the
 * others must all agree, and the first one's order counts. `undefined`: nobody minds.
 *
 * @throws OAuthError `invalid_target` that says which resources disagree.
 */
export function selectSigningAlgorithm(
  apiResources: readonly ApiResource[],
  { report }: Pick<ServerContext, 'report'>,
): SigningAlgorithm | undefined {
  const voters = apiResources.filter((apiResource) => algorithmsOf(apiResource).length > 0)
  const [first, ...others] = voters
  if (first === undefined) return undefined
  const selected = algorithmsOf(first).find((algorithm) =>
    others.every((other) => algorithmsOf(other).includes(algorithm)),
  )
  if (selected !== undefined) return selected
  report?.({ type: 'algorithms_disagree', votes: votesOf(voters) })
  throw disagreement(voters)
}
