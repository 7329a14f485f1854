import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as sdk from '../src/index.js'
import { listen } from './support/listen.js'
import { app as claimsApp } from './support/readme-claims.js'
import { app } from './support/readme-example.js'
import { handler } from './support/readme-fetch.js'
import { app as koaApp } from './support/readme-koa.js'
import { app as mcpApp } from './support/readme-mcp.js'
import { api as metricsApi } from './support/readme-metrics.js'
import { api as revocationApi } from './support/readme-revocation.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const readme = read('../README.md')

it.each([
  'support/readme-koa',
  'support/readme-fetch',
  'support/readme-example',
  'support/readme-claims',
  'support/readme-mcp',
  'support/readme-metrics',
  'support/readme-revocation',
  'support/readme-key-store',
  'readme-testing.test',
])('the README shows %s as it is compiled', (name) => {
  const example = read(`./${name}.ts`)
    .replaceAll(/'[./]+\/src\/(\w+)\.js'/g, "'@bailiwick/api-sdk/$1'")
    .replaceAll('@bailiwick/api-sdk/index', '@bailiwick/api-sdk')
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
})

it('the example of the README starts, and tells what its routes need', async () => {
  const served = await listen(app)
  const { status, headers } = await served.send({ path: '/payments/5', method: 'POST' })
  await served.close()
  expect([status, headers['www-authenticate']]).toEqual([
    401,
    'Bearer realm="urn:invoices", scope="invoice.pay"',
  ])
})

it('begins with the API of the README of the repository, which is run there', () => {
  const [block = ''] = /```ts \[api\.ts\][^]*?\n```\n/.exec(read('../../../README.md')) ?? []
  expect(block).toContain('createResourceServer')
  expect(readme).toContain(block)
})

it('the README tells of every entry and of no other', () => {
  const told = [...readme.matchAll(/^\| `(@bailiwick\/api-sdk[^`]*)`/gm)].map(([, name]) => name)
  const { name, exports } = JSON.parse(read('../package.json')) as {
    readonly name: string
    readonly exports: object
  }
  const entries = Object.keys(exports).filter((entry) => entry !== './package.json')
  expect(new Set(told)).toEqual(new Set(entries.map((entry) => `${name}${entry.slice(1)}`)))
})

it('the examples for Koa and fetch start', async () => {
  const bare = 'Bearer realm="urn:invoices", scope="invoice.read"'
  const served = await listen(koaApp.callback())
  const onKoa = await served.send({})
  await served.close()
  expect([onKoa.status, onKoa.challenges]).toEqual([401, [bare]])
  const onFetch = await handler.fetch(new Request('https://api.example.com'))
  expect([onFetch.status, onFetch.headers.get('www-authenticate')]).toEqual([401, bare])
})

it('the example with claims starts', async () => {
  const served = await listen(claimsApp)
  expect((await served.send({ path: '/invoices' })).status).toBe(401)
  await served.close()
})

it('the MCP server starts, and tells clients where its metadata are', async () => {
  const served = await listen(mcpApp)
  const { status, headers } = await served.send({ path: '/mcp', method: 'POST' })
  await served.close()
  expect([status, headers['www-authenticate']]).toEqual([
    401,
    'Bearer scope="tools.call", resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"',
  ])
})

it('the example with revocation starts', async () => {
  const result = await revocationApi.authenticate({ method: 'GET', url: '/', headers: {} })
  expect(result.ok ? undefined : result.error.status).toBe(401)
})

it('the example with metrics starts', async () => {
  const result = await metricsApi.authenticate({ method: 'GET', url: '/', headers: {} })
  expect(result.ok ? undefined : result.error.status).toBe(401)
})

it('the README tells of every requirement and of no other', () => {
  const table = /\| requirement[^]*?\n\n/.exec(readme)?.[0] ?? ''
  const told = [...table.matchAll(/^\| `(\w+)\(/gm)].map(([, name]) => name)
  const others = [
    'createMemoryReplayStore',
    'createResourceServer',
    'headerCertificate',
    'isApiAuthError',
    'tlsCertificate',
    'toResponse',
  ]
  const builders = Object.entries(sdk).flatMap(([name, value]) =>
    typeof value === 'function' && /^[a-z]/.test(name) && !others.includes(name) ? [name] : [],
  )
  expect(new Set(told)).toEqual(new Set(builders))
})
