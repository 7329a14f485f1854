/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ClientDisplay } from '@bailiwick/core'
import type { VNode } from 'preact'

/** What people know a client as. */
export function clientName({ clientName: name, clientId }: ClientDisplay): string {
  return name ?? clientId
}

/** The logo of a client that a page may show: one that nobody on the way can replace. */
export function clientLogo(client: ClientDisplay | undefined): string | undefined {
  const logo = client?.logoUri
  return logo !== undefined && URL.canParse(logo) && /^https:/i.test(logo) ? logo : undefined
}

function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim())
  return first?.segment.toUpperCase() ?? ''
}

/** The logo of a client, or the first letter of its name. */
export function ClientTile({ client }: { readonly client: ClientDisplay }): VNode {
  const logo = clientLogo(client)
  return (
    <span class="tile" aria-hidden="true">
      {logo === undefined ? initialOf(clientName(client)) : <img src={logo} alt="" />}
    </span>
  )
}

const hostOf = (uri: string): string | undefined =>
  URL.canParse(uri) && /^https?:/i.test(uri) ? new URL(uri).host : undefined

/** A link to the page about a client, which says where it leads. */
export function ClientLink({ client }: { readonly client: ClientDisplay }): VNode | undefined {
  const { clientUri = '' } = client
  const host = hostOf(clientUri)
  if (host === undefined) return undefined
  return (
    <a class="small" href={clientUri} rel="noreferrer">
      {host}
    </a>
  )
}
