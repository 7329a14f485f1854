/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact'
import type { Causes, NumberedDecision } from './causes.js'
import type { ClaimTarget } from '@bailiwick/core'

/** A link to the decision that something comes from. */
function Cause({
  of,
  children,
}: {
  readonly of: NumberedDecision | undefined
  readonly children: ComponentChildren
}): VNode {
  if (of === undefined) return <>{children}</>
  return (
    <a href={`#${of.id}`} title={of.decision.sentence}>
      {children}
    </a>
  )
}

/** Text as it stands between the quotes of JSON. */
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)

function Scopes({ value, causes }: { readonly value: string; readonly causes: Causes }): VNode {
  return (
    <>
      "
      {value.split(' ').map((scope, index) => (
        <>
          {index > 0 && ' '}
          <Cause of={causes.ofScope(scope)}>{escaped(scope)}</Cause>
        </>
      ))}
      "
    </>
  )
}

function Audience({
  value,
  causes,
}: {
  readonly value: readonly string[]
  readonly causes: Causes
}): VNode {
  return (
    <>
      [
      {value.map((api, index) => (
        <>
          {index > 0 && ', '}
          <Cause of={causes.ofAudience(api)}>{JSON.stringify(api)}</Cause>
        </>
      ))}
      ]
    </>
  )
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')

function Value({
  name,
  value,
  causes,
}: {
  readonly name: string
  readonly value: unknown
  readonly causes: Causes
}): VNode {
  if (name === 'scope' && typeof value === 'string') return <Scopes value={value} causes={causes} />
  if (name === 'aud' && isTexts(value)) return <Audience value={value} causes={causes} />
  if (name === 'aud' && typeof value === 'string') {
    return <Cause of={causes.ofAudience(value)}>{JSON.stringify(value)}</Cause>
  }
  return <>{JSON.stringify(value)}</>
}

/** Members of an object as JSON, each with a link to what it comes from. */
function Json({
  className,
  members,
  causes,
  causeOf,
}: {
  /** `json`: a line for each member. `json inline`: in as few as they need. */
  readonly className: 'json' | 'json inline'
  readonly members: Readonly<Record<string, unknown>>
  readonly causes: Causes
  readonly causeOf: (name: string) => NumberedDecision | undefined
}): VNode {
  const entries = Object.entries(members)
  return (
    <code class={className}>
      <span class="line">{'{'}</span>
      {entries.map(([name, value], index) => (
        <span class="line member">
          <Cause of={causeOf(name)}>{JSON.stringify(name)}</Cause>
          {': '}
          <Value name={name} value={value} causes={causes} />
          {index < entries.length - 1 && ', '}
        </span>
      ))}
      <span class="line">{'}'}</span>
    </code>
  )
}

/** The header of a token. */
export function HeaderView({
  header,
  target,
  causes,
}: {
  readonly header: Readonly<Record<string, unknown>>
  readonly target: ClaimTarget
  readonly causes: Causes
}): VNode {
  const causeOf = (name: string): NumberedDecision | undefined =>
    name === 'alg' && target === 'access_token' ? causes.ofAlgorithm() : undefined
  return <Json className="json inline" members={header} causes={causes} causeOf={causeOf} />
}

/** The claims of a token or of the userinfo endpoint. */
export function ClaimsView({
  claims,
  target,
  causes,
}: {
  readonly claims: Readonly<Record<string, unknown>>
  readonly target: ClaimTarget
  readonly causes: Causes
}): VNode {
  const causeOf = (name: string): NumberedDecision | undefined => causes.ofClaim(target, name)
  return <Json className="json" members={claims} causes={causes} causeOf={causeOf} />
}
