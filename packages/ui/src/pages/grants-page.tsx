/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { UserGrant } from '@bailiwick/core'
import type { VNode } from 'preact'
import { SignedInAs } from '../parts/account.js'
import { ClientLink, clientName, ClientTile } from '../parts/client.js'
import { Form } from '../parts/form.js'
import { Icon } from '../parts/icon.js'
import { Done } from '../parts/message.js'
import { renderContent } from '../parts/render-content.js'
import type { Account, FormTarget, PageContent, View } from '../parts/page-content.js'
import { ScopeName } from '../parts/scope-choice.js'
import { groupScopes } from '../parts/scope-groups.js'
import type { Language } from '../texts/catalogue.js'
import { fill } from '../texts/fill.js'

/** What the page shows on which users take back what they allowed. Each grant has a form that sends `clientId`. */
export interface GrantsView extends View {
  readonly form: FormTarget
  readonly account: Account
  readonly grants: readonly UserGrant[]
  /** Whether a grant has just been taken back. */
  readonly isRevoked: boolean
}

function dateOf(secondsSinceEpoch: number, { tag }: Language): string {
  // The user's time zone is not known here; without one, the machine's would make two servers differ.
  const format = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })
  return format.format(secondsSinceEpoch * 1000)
}

function Permits({ grant, language }: View & { readonly grant: UserGrant }): VNode {
  const { texts } = language
  const { allowed, hasRefreshTokens } = grant
  const scopes = groupScopes({ ...allowed, offlineAccess: undefined }, texts)
    .flatMap((group) => group.scopes)
    .filter(({ isRepeated }) => !isRepeated)
  return (
    <ul class="permits">
      {scopes.map((scope) => (
        <li>
          <Icon of="check" />
          <span>
            <ScopeName scope={scope} />
          </span>
        </li>
      ))}
      {(hasRefreshTokens || allowed.offlineAccess !== undefined) && (
        <li>
          <Icon of="clock" />
          <span>{texts.grantWhileAway}</span>
        </li>
      )}
    </ul>
  )
}

function Grant({
  grant,
  id,
  view,
}: {
  readonly grant: UserGrant
  readonly id: string
  readonly view: GrantsView
}): VNode {
  const { language, form } = view
  const { client, since } = grant
  return (
    <li class="grant">
      <header>
        <ClientTile client={client} />
        <div class="who">
          <h2 id={id}>{clientName(client)}</h2>
          <p class="hint small">
            {fill(language.texts.grantSince, { date: dateOf(since, language) })}
          </p>
          <ClientLink client={client} />
        </div>
        <Form target={form}>
          <input type="hidden" name="clientId" value={client.clientId} />
          <button class="button compact withdraw" aria-describedby={id}>
            {language.texts.grantRevoke}
          </button>
        </Form>
      </header>
      <Permits grant={grant} language={language} />
    </li>
  )
}

function Grants({ view }: { readonly view: GrantsView }): VNode {
  if (view.grants.length === 0) {
    return (
      <div class="empty">
        <span class="sign done">
          <Icon of="shield" />
        </span>
        <p class="hint">{view.language.texts.grantsNone}</p>
      </div>
    )
  }
  return (
    <ul>
      {view.grants.map((grant, index) => (
        <Grant grant={grant} id={`client-${index}`} view={view} />
      ))}
    </ul>
  )
}

/** The page on which users see and take back what they allowed. */
export function grantsPage(view: GrantsView): PageContent {
  const { language, account, grants, isRevoked } = view
  const { texts } = language
  return renderContent(
    texts.grantsTitle,
    <div class="stack wide-gap">
      <div class="stack">
        <div class="stack tight">
          <h1>{texts.grantsTitle}</h1>
          {grants.length > 0 && <p class="hint">{texts.grantsHint}</p>}
        </div>
        <SignedInAs account={account} language={language} />
      </div>
      {isRevoked && <Done text={texts.grantRevoked} />}
      <Grants view={view} />
    </div>,
  )
}
