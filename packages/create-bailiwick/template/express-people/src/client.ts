import type { RequestListener } from 'node:http'
import cookieParser from 'cookie-parser'
import express from 'express'
import type { CookieOptions, Request } from 'express'
import { homePage } from './home-page.js'
import { clientUrl } from './settings.js'
import { beginSignIn, finishSignIn, signOut } from './sign-in.js'

const cookie = 'visit'
const options: CookieOptions = {
  httpOnly: true,
  sameSite: 'lax',
  secure: clientUrl.startsWith('https:'),
}

const visitOf = (request: Request): string | undefined => request.cookies[cookie]

/** A web application that signs people in and calls the API for them. */
export function createClient(): RequestListener {
  const app = express().use(cookieParser())
  app.get('/', async (request, response) => {
    response.send(await homePage(visitOf(request)))
  })
  app.get('/sign-in', async (_request, response) => {
    const { url, id } = await beginSignIn()
    response.cookie(cookie, id, options).redirect(url)
  })
  app.get('/callback', async (request, response) => {
    const id = await finishSignIn(request.url, visitOf(request))
    response.cookie(cookie, id, options).redirect('/')
  })
  app.post('/sign-out', async (request, response) => {
    response.clearCookie(cookie, options).redirect(303, await signOut(visitOf(request)))
  })
  return app
}
