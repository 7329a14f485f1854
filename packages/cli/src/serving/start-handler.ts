import { createAuthorizationServer } from '@bailiwick/core'
import type { ServerEvent, Store } from '@bailiwick/core'
import type { HttpHandler } from '@bailiwick/protocol'
import { createPages, createUi } from '@bailiwick/ui'
import type { ExplorerAccess } from '@bailiwick/ui'
import type { Configuration } from '../configuration/configuration.js'
import { serverOptions } from '../configuration/server-options.js'
import type { ConfigurationContext } from '../configuration/server-options.js'
import { answerFirst } from './answer-first.js'
import { keysReady } from './keys-ready.js'
import { mountExplorer } from './mount-explorer.js'
import { createUserDirectory } from './create-user-directory.js'
import { explainRejections } from './development/explain-rejections.js'
import type { ExplainedRejection } from './development/explain-rejections.js'

/** What a handler needs to know besides the configuration. */
export interface HandlerContext extends ConfigurationContext {
  readonly onEvent: (event: ServerEvent) => void
  readonly store: Store
  /** For development: errors are answered with a link to their explanation, and this is told. */
  readonly onRejection?: ((rejection: ExplainedRejection) => void) | undefined
  /** Who may see the resource explorer. Without it there is none. */
  readonly explorerAccess: ExplorerAccess | undefined
}

/** What a configuration makes. */
interface Handler {
  readonly handle: HttpHandler
  /** Rejects when the server cannot sign. */
  readonly ready: () => Promise<void>
}

/** Makes everything that a configuration describes. */
function createHandler(
  configuration: Configuration,
  { onEvent, onRejection, store, explorerAccess, ...context }: HandlerContext,
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
  const explorers =
    explorerAccess === undefined
      ? []
      : [mountExplorer({ server, configuration, access: explorerAccess })]
  return { handle: answerFirst([...explorers, ui, answer]), ready: server.ready }
}

/**
 * Makes what `bailiwick serve` answers with, and waits until it can sign.
 *
 * @throws CommandFailure when its keys cannot be used, or the resource explorer would let in whom it should not.
 */
export async function startHandler(
  configuration: Configuration,
  context: HandlerContext,
): Promise<HttpHandler> {
  const { handle, ready } = createHandler(configuration, context)
  await keysReady(ready)
  return handle
}
