/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ClientDisplay } from '@bailiwick/core'
import type { VNode } from 'preact'
import { ClientHeading } from '../parts/client-heading.js'
import { Form } from '../parts/form.js'
import { Problem, problemId } from '../parts/message.js'
import { renderContent } from '../parts/render-content.js'
import type { FormTarget, PageContent, View } from '../parts/page-content.js'
import type { Texts } from '../texts/catalogue.js'
import { fill } from '../texts/fill.js'

/** What the page on which users sign in shows. Its form sends `username` and `password`, or `decision=cancel`. */
export interface LoginView extends View {
  readonly form: FormTarget
  /** Who wants the user to sign in; `undefined` when it is a page of this server. */
  readonly client: ClientDisplay | undefined
  /** What stands in the field: what was typed before, or what the client believes. */
  readonly username: string
  /** What is wrong with what was typed. */
  readonly problem: string | undefined
  /** What to say before the form. */
  readonly hint: string | undefined
  /** Where to create an account. */
  readonly registerUrl: string | undefined
  /** Whether there is a client to go back to. */
  readonly mayCancel: boolean
}

function Credentials({ texts, username, problem }: LoginView & { readonly texts: Texts }): VNode {
  const described =
    problem === undefined ? {} : { 'aria-describedby': problemId, 'aria-invalid': true }
  return (
    <>
      <div class="field">
        <label for="username">{texts.username}</label>
        <input
          id="username"
          name="username"
          value={username}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
          autofocus={username === ''}
          {...described}
        />
      </div>
      <div class="field">
        <label for="password">{texts.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          autofocus={username !== ''}
          {...described}
        />
      </div>
    </>
  )
}

/** The page on which users sign in. */
export function loginPage(view: LoginView): PageContent {
  const { language, form, client, problem, hint, registerUrl, mayCancel } = view
  const { texts } = language
  const title =
    problem === undefined ? texts.signIn : fill(texts.problemTitle, { title: texts.signIn })
  return renderContent(
    title,
    <div class="stack wide-gap">
      <ClientHeading title={texts.signIn} client={client} language={language} />
      {hint !== undefined && <p>{hint}</p>}
      <Problem text={problem} />
      <div class="stack close">
        <Form target={form} class="stack">
          <Credentials {...view} texts={texts} />
          <button class="button primary full">{texts.signIn}</button>
        </Form>
        {mayCancel && (
          <Form target={form}>
            <button class="button quiet full" name="decision" value="cancel">
              {texts.cancel}
            </button>
          </Form>
        )}
      </div>
      {registerUrl !== undefined && (
        <p class="aside divided hint">
          {texts.noAccountYet} <a href={registerUrl}>{texts.createAccount}</a>
        </p>
      )}
    </div>,
  )
}
