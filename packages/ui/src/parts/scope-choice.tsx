/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { VNode } from 'preact'
import type { Texts } from '../texts/catalogue.js'
import { Icon } from './icon.js'
import type { ShownScope } from './scope-groups.js'

/** The name of a scope, and what it is about when it has a parameter. */
export function ScopeName({
  scope: { displayName, parameter },
}: {
  readonly scope: Pick<ShownScope, 'displayName' | 'parameter'>
}): VNode {
  return (
    <>
      <span>{displayName}</span>{' '}
      {parameter !== undefined && <span class="parameter">{parameter}</span>}
    </>
  )
}

interface ScopeChoiceProps {
  readonly scope: ShownScope
  readonly isAllowed: boolean
  readonly texts: Texts
}

function What({ scope, texts }: Omit<ScopeChoiceProps, 'isAllowed'>): VNode {
  const { isRepeated, emphasize, required, description } = scope
  return (
    <span class="what">
      <span class="name">
        <ScopeName scope={scope} />
        {emphasize && <span class="tag">{texts.important}</span>}
        {required && <span class="tag">{texts.required}</span>}
        {isRepeated && <span class="tag">{texts.chosenAbove}</span>}
      </span>
      {description !== undefined && <span class="hint small">{description}</span>}
    </span>
  )
}

/** A scope that can be allowed. Where an earlier group has it too, its box is there only: it has one answer. */
export function ScopeChoice({ scope, isAllowed, texts }: ScopeChoiceProps): VNode {
  const { value, required, emphasize, isRepeated } = scope
  const className = emphasize ? 'scope emphasized' : 'scope'
  if (isRepeated) {
    return (
      <div class={className}>
        <Icon of="above" />
        <What scope={scope} texts={texts} />
      </div>
    )
  }
  return (
    <label class={className}>
      <input
        type="checkbox"
        name="scope"
        value={value}
        checked={required || isAllowed}
        disabled={required}
      />
      <What scope={scope} texts={texts} />
    </label>
  )
}
