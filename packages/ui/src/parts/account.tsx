/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { VNode } from 'preact'
import { fill } from '../texts/fill.js'
import { Icon } from './icon.js'
import type { Account, View } from './page-content.js'

/** Says who is signed in. */
export function SignedInAs({ account, language }: View & { readonly account: Account }): VNode {
  return (
    <p class="account hint">
      <span class="avatar">
        <Icon of="user" />
      </span>
      <span>{fill(language.texts.signedInAs, { name: account.name })}</span>
    </p>
  )
}
