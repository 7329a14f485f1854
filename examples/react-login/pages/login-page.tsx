import type { ReactNode } from 'react'
import type { PageProps } from './app.js'

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

export function LoginPage({ question, answer }: PageProps): ReactNode {
  const { client, loginHint } = question

  function submit(form: FormData): void {
    answer({ kind: 'login', username: text(form, 'username'), password: text(form, 'password') })
  }

  return (
    <form action={submit}>
      <h1>Sign in{client !== undefined && ` to ${client.clientName ?? client.clientId}`}</h1>
      <label>
        User name
        <input name="username" autoComplete="username" defaultValue={loginHint} required />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <button>Sign in</button>
      <button type="button" onClick={() => answer({ kind: 'deny' })}>
        Cancel
      </button>
    </form>
  )
}
