import type { ReactNode } from 'react'
import type { PageProps } from './app.js'

interface ConfirmProps extends PageProps {
  readonly title: string
  readonly kind: 'continue' | 'logout'
}

/** A question whose answer is yes or no. */
export function ConfirmPage({ title, kind, answer }: ConfirmProps): ReactNode {
  return (
    <form action={() => answer({ kind })}>
      <h1>{title}</h1>
      <button>Yes</button>
      <button type="button" onClick={() => answer({ kind: 'deny' })}>
        No
      </button>
    </form>
  )
}
