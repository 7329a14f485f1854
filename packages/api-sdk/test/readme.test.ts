import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as sdk from '../src/index.js'
import { listen } from './support/listen.js'
import { app as claimsApp } from './support/readme-claims.js'
import { app } from './support/readme-example.js'
import { api as revocationApi } from './support/readme-revocation.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const readme = read('../README.md')

it.each([
  'support/readme-example',
  'support/readme-claims',
  'support/readme-revocation',
  'readme-testing.test',
])('the README shows %s as it is compiled', (name) => {
  const example = read(`./${name}.ts`)
    .replaceAll(/'[./]+\/src\/(\w+)\.js'/g, "'@bailiwick/api-sdk/$1'")
    .replace('@bailiwick/api-sdk/index', '@bailiwick/api-sdk')
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

it('the example with claims starts', async () => {
  const served = await listen(claimsApp)
  expect((await served.send({ path: '/invoices' })).status).toBe(401)
  await served.close()
})

it('the example with revocation starts', async () => {
  const result = await revocationApi.authenticate({ method: 'GET', url: '/', headers: {} })
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
