import { createAuthorizationServer } from '@bailiwick/core'
import type { ServerEvent, Store } from '@bailiwick/core'
import type { HttpHandler } from '@bailiwick/protocol'
import { createPages, createUi } from '@bailiwick/ui'
import type { Configuration } from '../configuration/configuration.js'
import { serverOptions } from '../configuration/server-options.js'
import type { ConfigurationContext } from '../configuration/server-options.js'
import { answerFirst } from './answer-first.js'
import { createUserDirectory } from './create-user-directory.js'
import { explainRejections } from './development/explain-rejections.js'
import type { ExplainedRejection } from './development/explain-rejections.js'

/** What a handler needs to know besides the configuration. */
export interface HandlerContext extends ConfigurationContext {
  readonly onEvent: (event: ServerEvent) => void
  readonly store: Store
  /** For development: errors are answered with a link to their explanation, and this is told. */
  readonly onRejection?: ((rejection: ExplainedRejection) => void) | undefined
}

/** What `bailiwick serve` answers with. */
export interface Handler {
  readonly handle: HttpHandler
  /** Rejects when the server cannot sign. */
  readonly ready: () => Promise<void>
}

/** Makes everything that a configuration describes. */
export function createHandler(
  configuration: Configuration,
  { onEvent, onRejection, store, ...context }: HandlerContext,
): Handler {
  const options = serverOptions(configuration, context)
  const { issuer } = options
  const directory = createUserDirectory(configuration.users ?? [])
  const server = createAuthorizationServer({
    ...options,
    profile: directory.profile,
    pages: createPages({ issuer }),
    store,
    onEvent,
  })
  const { authenticate, describeUser } = directory
  const ui = createUi({ server, authenticate, describeUser })
  const answer =
    onRejection === undefined ? server.handle : explainRejections({ server, onRejection })
  return { handle: answerFirst([ui, answer]), ready: server.ready }
}
