import { OAuthError } from '@bailiwick/protocol'

/**
 * Does what needs somebody who may not answer, a store or a profile service. What they throw becomes 503: "could not
 * look" is never taken for "no".
 *
 * @param what cannot be looked up, for the client: `the user`.
 */
export async function orUnavailable<Answer>(
  what: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work()
  } catch (cause) {
    throw new OAuthError('temporarily_unavailable', {
      description: `${what} cannot be looked up at the moment`,
      headers: { 'retry-after': '5' },
      cause,
    })
  }
}
