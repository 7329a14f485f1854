import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { homePage } from './home-page.js'
import { clientUrl } from './settings.js'
import { beginSignIn, finishSignIn, signOut } from './sign-in.js'

const cookie = 'visit'
const options = {
  httpOnly: true,
  path: '/',
  sameSite: 'Lax',
  secure: clientUrl.startsWith('https:'),
} as const

/** A web application that signs people in and calls the API for them. */
export function createClient(): RequestListener {
  const app = new Hono()
  app.get('/', async (context) => context.html(await homePage(getCookie(context, cookie))))
  app.get('/sign-in', async (context) => {
    const { url, id } = await beginSignIn()
    setCookie(context, cookie, id, options)
    return context.redirect(url)
  })
  app.get('/callback', async (context) => {
    const id = await finishSignIn(context.req.url, getCookie(context, cookie))
    setCookie(context, cookie, id, options)
    return context.redirect('/')
  })
  app.post('/sign-out', async (context) => {
    const id = deleteCookie(context, cookie, options)
    return context.redirect(await signOut(id), 303)
  })
  return getRequestListener(app.fetch)
}
