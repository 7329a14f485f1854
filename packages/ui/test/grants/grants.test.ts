import { expect, it } from 'vitest'
import { consent, exampleGrants } from '../support/examples.js'
import { createWorld, unavailable } from '../support/world.js'
import type { World } from '../support/world.js'

const signedIn = (): World => createWorld({ subject: '123', grants: exampleGrants })

it('asks whoever is not signed in to do so, and leads back', async () => {
  const { status, headers } = await createWorld().get('/grants')
  expect([status, headers['location']]).toEqual([303, '/login-for/grants'])
})

it('does not take back a grant of whoever is not signed in', async () => {
  const world = createWorld()
  const { headers } = await world.post({ clientId: 'acme' }, { url: '/grants' })
  expect(headers['location']).toBe('/login-for/grants')
  expect(world.reports).toEqual([])
})

it('lists what was allowed, to whom and since when', async () => {
  const { body = '' } = await signedIn().get('/grants')
  expect([...body.matchAll(/<h2[^>]*>([^<]+)/g)].map(([, name]) => name)).toEqual([
    'Acme Invoices',
    'shelf',
  ])
  expect(body).toContain('Since March 3, 2026')
  expect(body.match(/Reads your invoices/g)).toHaveLength(1)
  expect(body).toContain('Makes one transaction</span> <span class="parameter">42')
  expect(body.match(/May also act while you are away/g)).toHaveLength(1)
  expect(body).toContain('<input type="hidden" name="clientId" value="shelf"/>')
})

it('says that a client with refresh tokens may act while the user is away', async () => {
  const [grant] = exampleGrants
  if (grant === undefined) throw new Error('there is no example')
  const allowed = { ...consent, offlineAccess: undefined }
  const world = createWorld({ subject: '123', grants: [{ ...grant, allowed }] })
  expect((await world.get('/grants')).body).toContain('May also act while you are away')
})

it('takes back a grant, and says so', async () => {
  const world = signedIn()
  const { status, headers } = await world.post({ clientId: 'acme' }, { url: '/grants' })
  expect(status).toBe(303)
  expect(headers['location']).toBe('/grants?revoked=acme')
  expect(world.reports).toEqual([{ kind: 'revoke', subject: '123', clientId: 'acme' }])
  const { body } = await world.get(String(headers['location']))
  expect(body).toMatch(/role="status">.*The access was removed\./)
  expect(body).not.toContain('Acme Invoices')
})

it('does not say so of a grant that is still there', async () => {
  expect((await signedIn().get('/grants?revoked=acme')).body).not.toContain(
    'The access was removed.',
  )
})

it('says when there is nothing', async () => {
  const { body } = await createWorld({ subject: '123' }).get('/grants')
  expect(body).toContain('No application has access to your account.')
})

it('needs to know which client', async () => {
  const world = signedIn()
  expect((await world.post({}, { url: '/grants' })).status).toBe(400)
  expect(world.reports).toEqual([])
})

it('takes the token of no other form', async () => {
  const world = signedIn()
  const body = async (): Promise<string> => 'clientId=acme&csrf=csrf-of-alices-browser-for-i1'
  expect((await world.post({}, { url: '/grants', body })).status).toBe(403)
  expect(world.reports).toEqual([])
})

it('takes no form of a user who was signed in in the same browser before', async () => {
  const shown = await createWorld({ subject: '456', grants: exampleGrants }).get('/grants')
  const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(shown.body ?? '') ?? []
  const form = new URLSearchParams({ clientId: 'acme', csrf }).toString()
  const world = signedIn()
  const { status } = await world.post({}, { url: '/grants', body: async () => form })
  expect(status).toBe(403)
  expect(world.reports).toEqual([])
})

it('needs cookies', async () => {
  expect((await signedIn().get('/grants', { cookie: undefined })).status).toBe(400)
})

it('is unavailable when it could not look', async () => {
  const grants = { list: async () => Promise.reject(unavailable()), revoke: async () => undefined }
  const { status, headers } = await createWorld({ subject: '123', server: { grants } }).get(
    '/grants',
  )
  expect([status, headers['retry-after']]).toEqual([503, '7'])
})

it('moves to another path', async () => {
  const world = createWorld({ subject: '123', grants: exampleGrants, grantsPath: '/me/apps' })
  expect((await world.get('/me/apps')).body).toContain('action="/me/apps"')
  await expect(world.get('/grants')).rejects.toThrow('there is no page')
})
