import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { bodyParser } from '@koa/bodyparser'
import Koa from 'koa'
import type { Middleware } from 'koa'
import mount from 'koa-mount'
import { describeAdapter } from '../../node/test/support/describe-adapter.js'
import { bailiwick } from '../src/index.js'

const serverOf = (middleware: readonly Middleware[], options = {}): Server => {
  const app = new Koa(options)
  for (const each of middleware) app.use(each)
  return createServer(app.callback())
}

describeAdapter('koa', (handle) => serverOf([bailiwick(handle)]))

describeAdapter('koa behind a body parser', (handle) =>
  serverOf([bodyParser({ formLimit: '2mb' }), bailiwick(handle)]),
)
describeAdapter('koa below a path', (handle) => serverOf([mount('/as', bailiwick(handle))]), {
  mountPath: '/as',
})
describeAdapter(
  'koa behind a trusted proxy',
  (handle) => serverOf([bailiwick(handle)], { proxy: true }),
  { remoteAddress: /^203\.0\.113\.7$/ },
)
