import type { ConfigurationProblem, HttpRequest } from '@bailiwick/protocol'
import { PageFailure } from '../../page-failure.js'
import type { ExplorerAccess } from '../explorer-options.js'
import { createPasswordCheck } from './basic-password.js'
import { isFromLoopback, isLoopbackHost } from './loopback.js'

/** Lets requests in, or throws what those are told that may not. */
export type Gate = (request: HttpRequest) => Promise<void>

const shortestPassword = 16

const needed =
  "say who may see it: { authenticate }, { password }, or 'open-on-loopback' for development"

const problem = (path: string, message: string): readonly ConfigurationProblem[] => [
  { path, message },
]

/** Finds out whether access is left open by mistake. What comes from JavaScript or an environment may be anything. */
export function checkAccess(access: unknown, issuer: string): readonly ConfigurationProblem[] {
  if (access === 'open-on-loopback') {
    return isLoopbackHost(new URL(issuer).hostname)
      ? []
      : problem('access', `'open-on-loopback' is for issuers on loopback addresses`)
  }
  if (typeof access !== 'object' || access === null) return problem('access', needed)
  if ('authenticate' in access) {
    return typeof access.authenticate === 'function'
      ? []
      : problem('access.authenticate', 'must be a function')
  }
  if (!('password' in access)) return problem('access', needed)
  return typeof access.password === 'string' && access.password.length >= shortestPassword
    ? []
    : problem('access.password', `must have at least ${shortestPassword} characters`)
}

const challenge = { 'www-authenticate': 'Basic realm="Resource explorer", charset="UTF-8"' }

/** Makes the gate of an explorer. */
export function createGate(access: ExplorerAccess): Gate {
  if (access === 'open-on-loopback') {
    return async (request) => {
      if (!isFromLoopback(request)) throw new PageFailure('forbidden')
    }
  }
  if ('authenticate' in access) {
    return async (request) => {
      const answer: unknown = await access.authenticate(request)
      // Only true, because an object that says no would let everybody in.
      if (answer !== true) throw new PageFailure('forbidden')
    }
  }
  const isRight = createPasswordCheck(access.password)
  return async (request) => {
    if (!isRight(request)) throw new PageFailure('unauthenticated', { headers: challenge })
  }
}
