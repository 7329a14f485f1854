import { findVisit } from './sign-in.js'
import type { Person } from './sign-in.js'
import { apiUrl } from './settings.js'

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

async function askApi({ accessToken }: Person): Promise<string> {
  const headers = { authorization: `Bearer ${accessToken}` }
  const response = await fetch(`${apiUrl}/invoices`, { headers })
  return `${response.status} ${await response.text()}`
}

const welcome = (problem = ''): string => `
  <p>${escape(problem)}</p>
  <a href="/sign-in">Sign in</a>`

const account = (name: string, answer: string): string => `
  <p>You are ${escape(name)}. The API says:</p>
  <pre>${escape(answer)}</pre>
  <form method="post" action="/sign-out"><button>Sign out</button></form>`

/** The page that somebody sees. */
export async function homePage(id?: string): Promise<string> {
  const { person, problem } = findVisit(id)
  const content =
    person === undefined ? welcome(problem) : account(person.name, await askApi(person))
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>The web client</title>
  <h1>The web client</h1>${content}
</html>`
}
