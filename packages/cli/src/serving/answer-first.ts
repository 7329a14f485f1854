import type { HttpHandler } from '@bailiwick/protocol'

/** Asks handlers one after another, until one answers. */
export function answerFirst(handlers: readonly HttpHandler[]): HttpHandler {
  const [handler, ...others] = handlers
  if (handler === undefined) return async () => undefined
  const answerOther = answerFirst(others)
  return async (request) => (await handler(request)) ?? answerOther(request)
}
