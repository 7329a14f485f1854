import { fileURLToPath } from 'node:url'
import type { AuthorizationServer, Interaction } from '@bailiwick/core'
import { isOAuthError } from '@bailiwick/protocol'
import express from 'express'
import type { ErrorRequestHandler, Request, RequestHandler, Router } from 'express'
import { answerSchema } from './answer.js'
import type { Answer, Outcome, Question } from './answer.js'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))

// Scripts and styles of this origin only, and no frames: nobody can have a user click on a page that is not seen.
const protectPage: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy': "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  next()
}

/** Signs in, or says why not. */
async function login(
  server: AuthorizationServer,
  request: Request,
  { id, username, password }: { id: string; username: string; password: string },
): Promise<Outcome> {
  const attempt = { username, remoteAddress: request.ip }
  const wait = await server.loginThrottle.begin(attempt)
  if (wait !== undefined) return { problem: 'Too many attempts. Please try again later.' }
  // The example of Express has a table of users with hashed passwords.
  if (username !== 'alice' || password !== 'alice') {
    return { problem: 'User name or password is wrong.' }
  }
  await server.loginThrottle.succeed(attempt)
  return { url: await server.interactions.login(id, { subject: 'alice', amr: ['pwd'] }) }
}

/** Reports an answer. The URL works once, and only in the browser in which the request began. */
async function report(
  server: AuthorizationServer,
  request: Request,
  { id, answer }: { id: string; answer: Answer },
): Promise<Outcome> {
  const { interactions } = server
  switch (answer.kind) {
    case 'login':
      return login(server, request, { id, ...answer })
    case 'continue':
      return { url: await interactions.continue(id) }
    case 'consent':
      return { url: await interactions.consent(id, answer) }
    case 'logout':
      return { url: await interactions.logout(id) }
    case 'deny':
      return { url: await interactions.deny(id) }
  }
}

// What the server says of an answer that does not fit is for developers; users have to start again.
const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (isOAuthError(error)) response.status(error.status).json({ problem: 'Please start again.' })
  else next(error)
}

/** The pages, and what they ask and report. Mount it at the `interactionUrl` of the server. */
export function signInRoutes(server: AuthorizationServer): Router {
  const routes = express.Router()

  async function find(request: Request<{ id: string }>): Promise<Interaction | undefined> {
    const interaction = await server.interactions.find(request.params.id)
    // A link that somebody else sent signs nobody in.
    if (interaction && server.interactions.isSameBrowser(interaction, request)) return interaction
    return undefined
  }

  routes.use(protectPage, express.static(dist, { index: false }))

  routes.get('/:id', (_request, response) => {
    response.sendFile('index.html', { root: dist })
  })

  routes.get('/:id/question', async (request, response) => {
    const interaction = await find(request)
    response.set('cache-control', 'no-store')
    if (interaction === undefined) {
      response.status(400).json({ problem: 'Please start again.' })
      return
    }
    const { id, prompt, client, user, loginHint, consent } = interaction
    const csrf = server.csrf.create(request, id)
    response.json({ prompt, client, user, loginHint, consent, csrf } satisfies Question)
  })

  routes.post('/:id/answer', express.json(), async (request, response) => {
    const { id } = request.params
    if (!server.csrf.isValid(request, id, request.get('x-csrf-token'))) {
      response.status(403).json({ problem: 'Please start again.' })
      return
    }
    const answer = answerSchema.safeParse(request.body)
    if (!answer.success) {
      response.status(400).json({ problem: 'Please start again.' })
      return
    }
    response.json(await report(server, request, { id, answer: answer.data }))
  })

  return routes.use(answerError)
}
