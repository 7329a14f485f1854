import type { Interaction } from '@bailiwick/core'
import { z } from 'zod'

/** What a page is told of what it has to ask. */
export type Question = Pick<Interaction, 'prompt' | 'client' | 'user' | 'loginHint' | 'consent'> & {
  /** To be sent back with the answer. Other sites cannot read it, so they cannot answer in the user's name. */
  readonly csrf: string | undefined
}

/** What a page reports. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('login'), username: z.string(), password: z.string() }),
  z.object({ kind: z.literal('continue') }),
  z.object({ kind: z.literal('consent'), scopes: z.array(z.string()), remember: z.boolean() }),
  z.object({ kind: z.literal('logout') }),
  z.object({ kind: z.literal('deny') }),
])

export type Answer = z.infer<typeof answerSchema>

/** Where the browser goes next, or why it stays on the page. */
export type Outcome = { readonly url: string } | { readonly problem: string }
