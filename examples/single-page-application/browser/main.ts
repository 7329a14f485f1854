import * as oauth from 'oauth4webapi'
import { beginSignIn, finishSignIn } from './sign-in.js'
import { callApi, isSignedIn, signOut } from './tokens.js'

function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no ${id}`)
  return found
}

function show(status: string): void {
  element('status').textContent = status
  element('sign-in').hidden = isSignedIn()
  element('list').hidden = !isSignedIn()
  element('sign-out').hidden = !isSignedIn()
}

/** What the server said, where it said something. */
function reasonOf(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError) return error.error
  return error instanceof Error ? error.message : String(error)
}

async function listInvoices(): Promise<void> {
  try {
    const response = await callApi('/invoices')
    element('answer').textContent = `${response.status} ${await response.text()}`
  } catch (error) {
    show(`Sign in again: ${reasonOf(error)}`)
    element('sign-in').hidden = false
  }
}

element('sign-in').addEventListener('click', () => void beginSignIn())
element('list').addEventListener('click', () => void listInvoices())
element('sign-out').addEventListener('click', signOut)

try {
  await finishSignIn()
  show(isSignedIn() ? 'You are signed in.' : 'You are not signed in.')
} catch (error) {
  show(`That did not work: ${reasonOf(error)}`)
}
