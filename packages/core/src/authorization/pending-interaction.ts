import { collection } from '../collection.js'
import type { Collection } from '../collection.js'
import type { ServerContext } from '../context.js'
import { urlBelow } from '../issuer-url.js'
import { createHandle, handleId } from '../tokens/handle.js'
import type { Progress } from './decide.js'
import type { DenialCode, InteractionPrompt, Login } from './interaction.js'

/** To make sure that the user wants to sign out, and not only the page that says so. */
export interface LogoutPurpose {
  readonly kind: 'logout'
  readonly clientId?: string
  /** Where to go on, without {@link state}. */
  readonly redirectUri?: string
  readonly state?: string
  readonly uiLocales: readonly string[]
}

/** Why a user is asked. */
export type Purpose =
  /** To answer an authorization request, which is read again when the answer has come. */
  | { readonly kind: 'authorization'; readonly form: string; readonly progress: Progress }
  /** To sign in for a page of the application's own. */
  | { readonly kind: 'sign_in'; readonly returnTo: string }
  | LogoutPurpose

/** What the user answered. */
export type Answer =
  | { readonly kind: 'login'; readonly login: Login }
  | { readonly kind: 'continue' }
  | { readonly kind: 'consent'; readonly scopes: readonly string[]; readonly remember: boolean }
  | { readonly kind: 'logout' }
  | { readonly kind: 'denied'; readonly error: DenialCode }

/** A question to a user, as it is stored. */
export interface PendingInteraction {
  readonly prompt: InteractionPrompt
  readonly purpose: Purpose
  /** The mark of the browser in which it began. */
  readonly browser: string
  /** Who was signed in then. */
  readonly subject?: string
  /** Present once it is answered. */
  readonly answer?: Answer
  /** The hash of what the browser brings back with the answer. */
  readonly ticket?: string
}

type State = Pick<ServerContext, 'store' | 'now' | 'interactionLifetime'>

/** The stored questions, found by the hash of the id that the browser has. */
export const pendingInteractions = (
  context: Pick<ServerContext, 'store' | 'now'>,
): Collection<PendingInteraction> => collection('interaction', context)

/** Stores a question and gives its id, as the browser is to have it. */
export async function createInteraction(
  interaction: PendingInteraction,
  context: State,
): Promise<string> {
  const handle = createHandle()
  await pendingInteractions(context).insert({
    id: handleId(handle),
    expiresAt: context.now() + context.interactionLifetime,
    data: interaction,
  })
  return handle
}

/** Where the browser comes back to with an answer. */
export function resumeUrl(
  id: string,
  ticket: string,
  { issuer, paths }: Pick<ServerContext, 'issuer' | 'paths'>,
): string {
  const query = new URLSearchParams({ interaction: id, ticket }).toString()
  return `${urlBelow(issuer, paths.resume)}?${query}`
}
