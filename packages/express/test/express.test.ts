import { createServer } from 'node:http'
import express from 'express'
import { describeAdapter } from '../../node/test/support/describe-adapter.js'
import { bailiwick } from '../src/index.js'

const limit = '2mb'

describeAdapter('express', (handle) => createServer(express().use(bailiwick(handle))))

describeAdapter('express behind a form parser', (handle) =>
  createServer(express().use(express.urlencoded({ limit })).use(bailiwick(handle))),
)
describeAdapter('express behind an extended form parser', (handle) =>
  createServer(
    express()
      .use(express.urlencoded({ extended: true, limit }))
      .use(bailiwick(handle)),
  ),
)
describeAdapter('express behind a text parser', (handle) =>
  createServer(
    express()
      .use(express.text({ type: () => true, limit }))
      .use(bailiwick(handle)),
  ),
)
describeAdapter('express behind a raw parser', (handle) =>
  createServer(
    express()
      .use(express.raw({ type: () => true, limit }))
      .use(bailiwick(handle)),
  ),
)
describeAdapter('express behind a parser of another type', (handle) =>
  createServer(express().use(express.json()).use(bailiwick(handle))),
)
describeAdapter(
  'express below a path',
  (handle) => createServer(express().use('/as', bailiwick(handle))),
  { mountPath: '/as' },
)
describeAdapter(
  'express behind a trusted proxy',
  (handle) => {
    const app = express().use(bailiwick(handle))
    app.set('trust proxy', true)
    return createServer(app)
  },
  { remoteAddress: /^203\.0\.113\.7$/ },
)
