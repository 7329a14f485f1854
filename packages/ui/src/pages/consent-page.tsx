/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ClientDisplay, ConsentRequest } from '@bailiwick/core'
import type { VNode } from 'preact'
import { SignedInAs } from '../parts/account.js'
import { ClientLink, clientName, ClientTile } from '../parts/client.js'
import { Filled } from '../parts/filled.js'
import { Form } from '../parts/form.js'
import { Problem } from '../parts/message.js'
import { renderContent } from '../parts/render-content.js'
import type { Account, FormTarget, PageContent, View } from '../parts/page-content.js'
import { ScopeChoice } from '../parts/scope-choice.js'
import { groupScopes } from '../parts/scope-groups.js'
import type { ScopeGroup } from '../parts/scope-groups.js'
import type { Texts } from '../texts/catalogue.js'
import { fill } from '../texts/fill.js'

/**
 * What the page shows on which users consent. Its form sends `decision`, `allow` or `deny`, with `scope` for each scope
 * that is allowed, and `remember`.
 */
export interface ConsentView extends View {
  readonly form: FormTarget
  readonly client: ClientDisplay
  readonly account: Account | undefined
  readonly consent: ConsentRequest
  /** The values of the scopes whose boxes are ticked. */
  readonly allowed: ReadonlySet<string>
  /** Where the answer goes: the host of the client, or an app on this device. */
  readonly returnsTo: string | undefined
  readonly problem: string | undefined
}

function Group({
  title,
  description,
  scopes,
  view,
}: ScopeGroup & { readonly view: ConsentView }): VNode {
  return (
    <fieldset class="group">
      <legend>{title}</legend>
      {description !== undefined && <p class="hint small">{description}</p>}
      <ul class="scopes">
        {scopes.map((scope) => (
          <li>
            <ScopeChoice
              scope={scope}
              isAllowed={view.allowed.has(scope.value)}
              texts={view.language.texts}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Remember({ texts }: { readonly texts: Texts }): VNode {
  return (
    <label class="option">
      <input type="checkbox" name="remember" value="yes" />
      <span class="stack tight">
        <span>{texts.remember}</span>
        <span class="hint small">{texts.rememberHint}</span>
      </span>
    </label>
  )
}

function Decision({ language: { texts }, returnsTo }: ConsentView): VNode {
  return (
    <div class="stack">
      <div class="actions">
        <button class="button primary" name="decision" value="allow">
          {texts.allow}
        </button>
        <button class="button" name="decision" value="deny">
          {texts.deny}
        </button>
      </div>
      {returnsTo !== undefined && (
        <p class="hint small aside">
          <Filled text={texts.returnsTo} values={{ host: returnsTo }} />
        </p>
      )}
    </div>
  )
}

/** The page on which users consent. */
export function consentPage(view: ConsentView): PageContent {
  const { language, form, client, account, consent, problem } = view
  const { texts } = language
  const title = fill(texts.consentTitle, { client: clientName(client) })
  return renderContent(
    problem === undefined ? title : fill(texts.problemTitle, { title }),
    <div class="stack wide-gap">
      <div class="stack">
        <ClientTile client={client} />
        <div class="stack tight">
          <h1>{title}</h1>
          <ClientLink client={client} />
        </div>
        {account !== undefined && <SignedInAs account={account} language={language} />}
      </div>
      <Problem text={problem} />
      <Form target={form} class="stack wide-gap">
        {groupScopes(consent, texts).map((group) => (
          <Group {...group} view={view} />
        ))}
        {consent.mayBeRemembered && <Remember texts={texts} />}
        <Decision {...view} />
      </Form>
    </div>,
  )
}
