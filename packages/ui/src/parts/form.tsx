/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact'
import type { FormTarget } from './page-content.js'

/** A form that can only be sent from this page. */
export function Form({
  target,
  class: className,
  children,
}: {
  readonly target: FormTarget
  readonly class?: string
  readonly children: ComponentChildren
}): VNode {
  return (
    <form method="post" action={target.action} class={className}>
      <input type="hidden" name="csrf" value={target.csrfToken} />
      {children}
    </form>
  )
}
