import { given } from '@bailiwick/protocol'

/** Completes what is configured with what counts otherwise, which is also what counts for a member that is undefined. */
export function complete<Settings extends object>(
  configured: Partial<Settings> | undefined,
  otherwise: Settings,
): Settings {
  return Object.freeze({ ...otherwise, ...(configured && given(configured)) })
}
