import type { ConfigurationProblem } from '@bailiwick/protocol'
import type { SessionPolicy } from '../context.js'
import type { SessionOptions } from './authorization-server-options.js'
import { problemAt } from './problem-at.js'
import { secondsFault } from './seconds-fault.js'

/** Finds lifetimes of sessions that are none, and an idle one that could never be reached. */
export function checkSession(
  { absoluteLifetime, idleLifetime }: SessionOptions,
  defaults: SessionPolicy,
): readonly ConfigurationProblem[] {
  const absolute = absoluteLifetime ?? defaults.absoluteLifetime
  const unreachable =
    idleLifetime !== undefined && idleLifetime > absolute
      ? `a session ends after ${absolute} seconds, so it is never idle for that long: shorten this, or lengthen absoluteLifetime`
      : undefined
  return [
    ...problemAt('session.absoluteLifetime', secondsFault(absoluteLifetime)),
    ...problemAt('session.idleLifetime', secondsFault(idleLifetime) ?? unreachable),
  ]
}
