import { decodeJwt, decodeProtectedHeader } from 'jose'
import { html } from './html.js'
import type { Html } from './html.js'
import type { ApiAnswer, Visit } from './visits.js'
import type { Tokens } from './relying-party.js'

const json = (value: unknown): string => JSON.stringify(value, undefined, 2)

const decoded = (token: string): string =>
  `${json(decodeProtectedHeader(token))}\n.\n${json(decodeJwt(token))}`

const listing = (title: string, text: string): Html =>
  html`<div>
    <h3>${title}</h3>
    <pre tabindex="0" aria-label="${title}">${text}</pre>
  </div>`

const signedOut = html`<section>
  <h2>Sign in</h2>
  <p>
    This application asks for a few things about you and for access to two APIs. You sign in at the
    identity server as
    <code>alice</code> or <code>bob</code>; the password is the same as the name.
  </p>
  <a class="button" href="/sign-in">Sign in</a>
</section>`

const who = ({ idToken, userinfo }: Tokens): Html =>
  html`<section>
    <h2>Who you are</h2>
    <p class="quiet">
      Identity resources became claims: a few in the ID token, which proves that you signed in, and
      the others at userinfo.
    </p>
    <div class="pair">
      ${listing('ID token', decoded(idToken))} ${listing('Userinfo', json(userinfo))}
    </div>
  </section>`

const resources = ['urn:invoices', 'urn:customers'] as const

const tokenButton = (resource: string): Html =>
  html`<form method="post" action="/tokens">
    <button class="plain" name="resource" value="${resource}">Get a token for ${resource}</button>
  </form>`

const accessTokens = ({ accessToken }: Tokens, { apiTokens }: Visit): Html =>
  html`<section>
    <h2>What the application may do</h2>
    <p class="quiet">
      The first access token is for the APIs that are not isolated. The refresh token holds
      everything you allowed, and gives a token for one API at a time.
    </p>
    ${[...resources, 'urn:nobody'].map(tokenButton)}
    <div class="pair">
      ${listing('First access token', decoded(accessToken))}
      ${Object.entries(apiTokens).map(([resource, token]) =>
        listing(`Access token for ${resource}`, decoded(token)),
      )}
    </div>
  </section>`

const row = ({ api, token, status, answer }: ApiAnswer): Html =>
  html`<tr>
    <td>${token}</td>
    <td>${api}</td>
    <td class="${status === 200 ? 'good' : 'bad'}">${status}</td>
    <td>${answer}</td>
  </tr>`

const calls = ({ answers }: Visit): Html =>
  html`<section>
    <h2>One token, one API</h2>
    <p class="quiet">Each API takes the token that is for it, and refuses the other.</p>
    <form method="post" action="/calls"><button>Call both APIs with both tokens</button></form>
    ${
      answers.length === 0
        ? undefined
        : html`<div class="scroll" role="region" aria-label="Answers" tabindex="0">
            <table>
              <thead>
                <tr>
                  <th scope="col">Token for</th>
                  <th scope="col">API</th>
                  <th scope="col">Status</th>
                  <th scope="col">Answer</th>
                </tr>
              </thead>
              <tbody>
                ${answers.map(row)}
              </tbody>
            </table>
          </div>`
    }
  </section>`

const refused = ({ refusal }: Visit): Html | undefined =>
  refusal &&
  html`<section role="alert">
    <h2 class="bad">The identity server says: ${refusal.error}</h2>
    <p>${refusal.description}</p>
  </section>`

const signOut = html`<form method="post" action="/sign-out">
  <button class="plain">Sign out</button>
</form>`

/** The only page of the application: what it got so far, and what can be done next. */
export function page(visit: Visit): string {
  const { tokens } = visit
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>The Bailiwick tour</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <main>
          <header>
            <h1>The Bailiwick tour</h1>
            ${tokens && signOut}
          </header>
          ${refused(visit)}
          ${
            tokens === undefined
              ? signedOut
              : [who(tokens), accessTokens(tokens, visit), calls(visit)]
          }
        </main>
      </body>
    </html>`.markup
}
