/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { VNode } from 'preact'
import { Icon } from './icon.js'

/** The element that says what is wrong, for `aria-describedby`. */
export const problemId = 'problem'

/** Says what is wrong with what was sent. */
export function Problem({ text }: { readonly text: string | undefined }): VNode | undefined {
  if (text === undefined) return undefined
  return (
    <p class="message problem" id={problemId} role="alert">
      <Icon of="alert" />
      <span>{text}</span>
    </p>
  )
}

/** Says what has been done. */
export function Done({ text }: { readonly text: string }): VNode {
  return (
    <p class="message done" role="status">
      <Icon of="check" />
      <span>{text}</span>
    </p>
  )
}
