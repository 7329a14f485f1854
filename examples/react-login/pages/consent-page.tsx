import type { ConsentScope } from '@bailiwick/core'
import type { ReactNode } from 'react'
import type { PageProps } from './app.js'

function ScopeChoice({ scope }: { readonly scope: ConsentScope }): ReactNode {
  const { value, displayName, description, parameter, required } = scope
  return (
    <label>
      <input type="checkbox" name="scope" value={value} defaultChecked disabled={required} />{' '}
      {displayName} {parameter} {description !== undefined && <small>{description}</small>}
    </label>
  )
}

/** Asks what a client may know and do. What was not asked for cannot be allowed, whatever is sent. */
export function ConsentPage({ question, answer }: PageProps): ReactNode {
  const { client, consent } = question
  if (consent === undefined) return undefined
  // A scope of several APIs is listed below each: it is asked once.
  const asked = new Map(
    [
      ...consent.aboutYou,
      ...consent.access.flatMap(({ scopes }) => scopes),
      ...(consent.offlineAccess ? [consent.offlineAccess] : []),
    ].map((scope) => [scope.value, scope]),
  )

  function allow(form: FormData): void {
    const ticked = form.getAll('scope')
    const allowed = [...asked.values()].filter(
      ({ value, required }) => required || ticked.includes(value),
    )
    const scopes = allowed.map(({ value }) => value)
    answer({ kind: 'consent', scopes, remember: form.has('remember') })
  }

  return (
    <form action={allow}>
      <h1>{client?.clientName ?? client?.clientId} asks for access</h1>
      {[...asked.values()].map((scope) => (
        <ScopeChoice key={scope.value} scope={scope} />
      ))}
      {consent.mayBeRemembered && (
        <label>
          <input type="checkbox" name="remember" /> Do not ask again
        </label>
      )}
      <button>Allow</button>
      <button type="button" onClick={() => answer({ kind: 'deny' })}>
        Refuse
      </button>
    </form>
  )
}
