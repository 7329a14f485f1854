/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { VNode } from 'preact'

/** A text with what is put into it set in bold. */
export function Filled({
  text,
  values,
}: {
  readonly text: string
  readonly values: Readonly<Record<string, string>>
}): VNode {
  // Splitting at a group keeps what it matched: texts stand at the even places, names at the odd ones.
  const parts = text.split(/\{(\w+)\}/)
  return (
    <>{parts.map((part, index) => (index % 2 === 0 ? part : <strong>{values[part]}</strong>))}</>
  )
}
