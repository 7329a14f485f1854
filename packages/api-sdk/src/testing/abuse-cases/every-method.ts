import { requestWith } from '../abuse-case.js'
import type { AbuseCase, AbuseContext, AbuseRequest } from '../abuse-case.js'
import { challenged } from '../expected-answers.js'

function preflight(context: AbuseContext): AbuseRequest {
  const { url } = requestWith(context, undefined)
  return {
    url,
    method: 'OPTIONS',
    headers: [
      ['origin', 'https://app.example'],
      ['access-control-request-method', 'GET'],
      ['access-control-request-headers', 'authorization'],
    ],
  }
}

/** Requests that are not for the method of the route. */
export const everyMethodAbuseCases: readonly AbuseCase[] = [
  {
    id: 'T19',
    title: 'a preflight request',
    expected: challenged('no_credentials'),
    request: async (context) => preflight(context),
  },
  {
    id: 'T20',
    title: 'HEAD without credentials',
    expected: challenged('no_credentials'),
    request: async (context) => requestWith({ ...context, method: 'HEAD' }, undefined),
  },
]
