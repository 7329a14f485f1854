import type { RequestListener } from 'node:http'
import { Router } from '@koa/router'
import Koa from 'koa'
import { homePage } from './home-page.js'
import { clientUrl } from './settings.js'
import { beginSignIn, finishSignIn, signOut } from './sign-in.js'

const cookie = 'visit'
const options = {
  httpOnly: true,
  sameSite: 'lax',
  secure: clientUrl.startsWith('https:'),
} as const

/** A web application that signs people in and calls the API for them. */
export function createClient(): RequestListener {
  const router = new Router()
  router.get('/', async (ctx) => {
    ctx.body = await homePage(ctx.cookies.get(cookie))
  })
  router.get('/sign-in', async (ctx) => {
    const { url, id } = await beginSignIn()
    ctx.cookies.set(cookie, id, options)
    ctx.redirect(url)
  })
  router.get('/callback', async (ctx) => {
    ctx.cookies.set(cookie, await finishSignIn(ctx.url, ctx.cookies.get(cookie)), options)
    ctx.redirect('/')
  })
  router.post('/sign-out', async (ctx) => {
    const url = await signOut(ctx.cookies.get(cookie))
    ctx.cookies.set(cookie, null, options)
    ctx.status = 303
    ctx.redirect(url)
  })
  return new Koa().use(router.routes()).callback()
}
