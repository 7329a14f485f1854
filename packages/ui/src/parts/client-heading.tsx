/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ClientDisplay } from '@bailiwick/core'
import type { VNode } from 'preact'
import { clientName, ClientTile } from './client.js'
import { Filled } from './filled.js'
import type { View } from './page-content.js'

/** The heading of a page that stands between a user and a client. */
export function ClientHeading({
  title,
  client,
  language,
}: View & { readonly title: string; readonly client: ClientDisplay | undefined }): VNode {
  if (client === undefined) return <h1>{title}</h1>
  return (
    <div class="stack">
      <ClientTile client={client} />
      <div class="stack tight">
        <h1>{title}</h1>
        <p class="hint">
          <Filled text={language.texts.continueTo} values={{ client: clientName(client) }} />
        </p>
      </div>
    </div>
  )
}
