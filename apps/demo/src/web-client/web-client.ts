import express from 'express'
import type { Express, RequestHandler } from 'express'
import { page } from './page.js'
import { createRelyingParty } from './relying-party.js'
import { beginSignIn, callApis, finishSignIn, getToken, signOut } from './steps.js'
import type { CalledApi, Step } from './steps.js'
import { style } from './style.js'
import { createVisits } from './visits.js'

/** Where everything is. */
export interface WebClientOptions {
  readonly issuer: string
  /** Of this application. */
  readonly origin: string
  readonly apis: readonly CalledApi[]
}

const protect: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy': `default-src 'none'; style-src 'self'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  })
  next()
}

/** A web application that signs people in and calls two APIs for them. */
export function webClient({ issuer, origin, apis }: WebClientOptions): Express {
  const visits = createVisits()
  const context = { relyingParty: createRelyingParty(issuer, origin), visits, origin, apis }
  const take =
    (step: Step): RequestHandler =>
    async (request, response) => {
      response.redirect(303, await step(request, response, context))
    }

  const app = express()
  app.disable('x-powered-by')
  app.use(protect, express.urlencoded({ extended: false }))
  app.get('/', (request, response) => response.send(page(visits.read(request))))
  app.get('/style.css', (_request, response) => response.type('css').send(style))
  app.get('/sign-in', take(beginSignIn))
  app.get('/callback', take(finishSignIn))
  app.post('/tokens', take(getToken))
  app.post('/calls', take(callApis))
  app.post('/sign-out', take(signOut))
  return app
}
