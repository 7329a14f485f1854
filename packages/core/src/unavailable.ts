import { OAuthError } from '@bailiwick/protocol'

/** Makes the answer for what may succeed in a moment (503). The cause is for the log, not for the client. */
export const unavailable = (description: string, cause: unknown): OAuthError =>
  new OAuthError('temporarily_unavailable', {
    description,
    headers: { 'retry-after': '5' },
    cause,
  })

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
    throw unavailable(`${what} cannot be looked up at the moment`, cause)
  }
}
