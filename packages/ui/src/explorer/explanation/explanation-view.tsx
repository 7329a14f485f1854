/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact'
import { Icon } from '../../parts/icon.js'
import { findCauses, numberDecisions } from './causes.js'
import type { Causes } from './causes.js'
import { ClaimsView, HeaderView } from './claims-view.js'
import { ConfigurationPath, DecisionsView } from './decisions-view.js'
import type { ClaimTarget, ExplainedToken, Explanation } from '@bailiwick/core'

function Part({
  heading,
  children,
}: {
  readonly heading: string
  readonly children: ComponentChildren
}): VNode {
  return (
    <section class="token">
      <h4>{heading}</h4>
      {children}
    </section>
  )
}

function TokenPart({
  heading,
  token,
  target,
  causes,
}: {
  readonly heading: string
  readonly token: ExplainedToken | undefined
  readonly target: ClaimTarget
  readonly causes: Causes
}): VNode | undefined {
  if (token === undefined) return undefined
  return (
    <Part heading={heading}>
      {token.header !== undefined && (
        <HeaderView header={token.header} target={target} causes={causes} />
      )}
      <ClaimsView claims={token.claims} target={target} causes={causes} />
    </Part>
  )
}

function Refused({ error }: { readonly error: NonNullable<Explanation['error']> }): VNode {
  return (
    <div class="message problem refused">
      <Icon of="alert" />
      <div>
        <p>
          <code>{error.error}</code>
        </p>
        <p>{error.error_description}</p>
      </div>
    </div>
  )
}

/** What would give something, and where in the configuration that is. */
function Change({
  change,
  path,
}: {
  readonly change: string
  readonly path: string | undefined
}): VNode {
  return (
    <p class="change">
      <Icon of="arrow" />
      <span>
        {change} {path !== undefined && <ConfigurationPath path={path} />}
      </span>
    </p>
  )
}

function Answers({ answers }: Pick<Explanation, 'answers'>): VNode | undefined {
  if (answers.length === 0) return undefined
  return (
    <section class="expected asked" aria-labelledby="asked-heading">
      <h3 id="asked-heading">What you asked about</h3>
      <ul>
        {answers.map(({ kind, name, isThere, because, change, path }) => (
          <li>
            <p class="missing">
              <span>{kind}</span> <code>{name}</code> {isThere && <span>is there</span>}
            </p>
            <p class="hint">{because}</p>
            {change !== undefined && <Change change={change} path={path} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Expected({ suggestions }: Pick<Explanation, 'suggestions'>): VNode | undefined {
  if (suggestions.length === 0) return undefined
  return (
    <section class="expected" aria-labelledby="expected-heading">
      <h3 id="expected-heading">What you might have expected</h3>
      <ul>
        {suggestions.map(({ missing, because, change, path }) => (
          <li>
            <p class="missing">
              <span>{missing.kind}</span> <code>{missing.names.join(', ')}</code>
            </p>
            <p class="hint">{because}</p>
            <Change change={change} path={path} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Tokens({
  explanation: { accessToken, idToken, userinfo },
  causes,
}: {
  readonly explanation: Explanation
  readonly causes: Causes
}): VNode {
  return (
    <div class="tokens">
      <h3>What it gets</h3>
      <TokenPart heading="Access token" token={accessToken} target="access_token" causes={causes} />
      <TokenPart heading="ID token" token={idToken} target="id_token" causes={causes} />
      {userinfo !== undefined && (
        <Part heading="Userinfo">
          <ClaimsView claims={userinfo} target="userinfo" causes={causes} />
        </Part>
      )}
    </div>
  )
}

/** Why a request gets what it gets: what is missing first, then the tokens beside the decisions. */
export function ExplanationView({ explanation }: { readonly explanation: Explanation }): VNode {
  const numbered = numberDecisions(explanation.decisions)
  const { error, suggestions, answers } = explanation
  return (
    <section class="panel explanation" id="explanation" aria-labelledby="explanation-heading">
      <div class="panel-head">
        <h2 id="explanation-heading">Explanation</h2>
        <p class="hint">
          {error === undefined
            ? 'Each claim leads to the decision it comes from.'
            : 'The request is refused. This is how far it came.'}
        </p>
      </div>
      {error !== undefined && <Refused error={error} />}
      <Answers answers={answers} />
      <Expected suggestions={suggestions} />
      <div class={error === undefined ? 'result' : 'result alone'}>
        {error === undefined && <Tokens explanation={explanation} causes={findCauses(numbered)} />}
        <div class="why">
          <h3>Why</h3>
          <DecisionsView numbered={numbered} />
        </div>
      </div>
    </section>
  )
}
