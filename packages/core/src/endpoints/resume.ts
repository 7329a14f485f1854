import { resume } from '../authorization/resume.js'
import type { ServerContext } from '../context.js'
import { answerWithPage } from './answer-with-page.js'
import type { Endpoint } from './endpoint.js'

/** Where browsers come back to from the pages that asked the user something. */
export function resumeEndpoint(context: ServerContext): Endpoint {
  return {
    methods: ['GET'],
    cors: 'none',
    path: context.paths.resume,
    metadata: () => ({}),
    handle: (request) => resume(request, context),
    answerError: answerWithPage(context),
  }
}
