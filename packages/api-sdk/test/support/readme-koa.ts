import Koa from 'koa'
import { createResourceServer } from '../../src/index.js'
import { guardWith } from '../../src/koa.js'

const api = createResourceServer({ resource: 'urn:invoices', issuers: 'https://id.example.com' })
const guard = guardWith(api)

export const app = new Koa().use(guard('invoice.read')).use((ctx) => {
  ctx.body = { invoicesFor: guard.auth(ctx).subject }
})
