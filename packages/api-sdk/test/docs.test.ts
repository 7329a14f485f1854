import express from 'express'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { guardWith } from '../src/express.js'
import type { RequestFacts, ResourceServer, ResourceServerOptions } from '../src/index.js'
import { createCertificate } from './support/certificates.js'
import { app } from './support/docs-dpop-api.js'
import { getWithProof } from './support/docs-dpop-client.js'
import { createApi } from './support/docs-nodes-api.js'
import { createNetwork } from './support/fake-network.js'
import { listen } from './support/listen.js'
import { dpop, proofKey, proofOf, thumbprint } from './support/proofs.js'
import { bearer } from './support/refusals.js'
import { createKey, issuer, now, tokenOf } from './support/test-issuer.js'
import { createWorld, jwksUri } from './support/world.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const document = read('../../../docs/guides/sender-constrained.md')

const key = createKey('ES256', 'k1')
const certificate = createCertificate('client')

/** Puts the issuer of the examples on the network that everybody uses. */
function stubNetwork(): void {
  const network = createNetwork()
  network.serveJson(`${issuer}/.well-known/openid-configuration`, { issuer, jwks_uri: jwksUri })
  network.serveJson(jwksUri, { keys: [key.jwk] })
  vi.stubGlobal('fetch', network.fetch)
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const outcomeOf = async (api: ResourceServer, request: RequestFacts): Promise<string> => {
  const result = await api.authenticate(request)
  return result.ok ? result.auth.binding.kind : result.error.reason
}

describe('docs/guides/sender-constrained.md', () => {
  it.each(['dpop-api', 'dpop-client', 'nodes-api', 'certificates-api'])(
    'shows %s as it is compiled',
    (name) => {
      const example = read(`./support/docs-${name}.ts`)
        .replace('../../src/express.js', '@bailiwick/api-sdk/express')
        .replaceAll('../../src/index.js', '@bailiwick/api-sdk')
      expect(document).toContain(`\`\`\`ts [${name}.ts]\n${example}\`\`\``)
    },
  )

  it('has an API that asks for DPoP', async () => {
    const served = await listen(app)
    const { status, challenges } = await served.send({ path: '/invoices' })
    await served.close()
    expect([status, challenges]).toEqual([
      401,
      [expect.stringMatching(/^DPoP algs="ES256 .*scope="invoice.read"/)],
    ])
  })

  it('has a client that an API lets pass, with a nonce and without', async () => {
    const time = Math.floor(Date.now() / 1000)
    const pair = await generateKeyPair('ES256', { extractable: true })
    const jkt = await calculateJwkThumbprint(await exportJWK(pair.publicKey))
    for (const options of [{}, { nonce: { secrets: ['n'.repeat(32)] } }] as const) {
      let origin = ''
      const world = createWorld({
        now: () => Date.now() / 1000,
        publicOrigin: () => origin,
        dpop: options,
      })
      const guard = guardWith(world.api)
      const server = express()
        .get('/invoices', guard('read'), (request, response) => {
          response.json(guard.auth(request).binding)
        })
        .listen(0, '127.0.0.1')
      await new Promise((resolve) => {
        server.once('listening', resolve)
      })
      const address = server.address()
      origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
      const token = world.token({ iat: time, exp: time + 300, cnf: { jkt } })
      const response = await getWithProof(`${origin}/invoices`, token, pair)
      expect(await response.json()).toEqual({ kind: 'dpop' })
      await new Promise((resolve) => {
        server.close(resolve)
      })
    }
  })

  it('has an API for several nodes, of which one alone accepts a proof', async () => {
    vi.useFakeTimers({ now: now * 1000, toFake: ['Date'] })
    stubNetwork()
    const values = new Map<string, string>()
    const redis = {
      sendCommand: async ([name, at = '', value = '', ...rest]: string[]) => {
        expect([name, ...rest]).toEqual(['SET', 'NX', 'EXAT', String(now + 65)])
        if (values.has(at)) return null
        values.set(at, value)
        return 'OK'
      },
    }
    const secrets = ['n'.repeat(32)] as const
    const [one, two] = [createApi(redis, secrets), createApi(redis, secrets)]
    const token = tokenOf(key, { aud: 'urn:invoices', cnf: { jkt: thumbprint } })
    const request = (nonce?: unknown): RequestFacts => ({
      method: 'GET',
      url: '/',
      headers: Object.fromEntries(dpop(token, proofOf(token, { nonce }))),
    })
    const asked = await one.authenticate(request())
    const nonce = asked.ok ? undefined : asked.response.headers['dpop-nonce']
    const good = request(nonce)
    const outcomes = await Promise.all([outcomeOf(one, good), outcomeOf(two, good)])
    expect(outcomes.toSorted()).toEqual(['dpop', 'proof_replayed'])
    expect([...values.keys()]).toEqual([expect.stringMatching(/^dpop:[\w-]{43}$/)])
  })

  it('has an API behind a proxy that shows certificates', async () => {
    vi.useFakeTimers({ now: now * 1000, toFake: ['Date'] })
    stubNetwork()
    vi.resetModules()
    const { api } = await import('./support/docs-certificates-api.js')
    const token = tokenOf(key, { cnf: { 'x5t#S256': certificate.thumbprint } })
    const request = (peer: string): RequestFacts => ({
      method: 'GET',
      url: '/',
      headers: {
        ...Object.fromEntries(bearer(token)),
        'client-cert': `:${certificate.der.toString('base64')}:`,
      },
      peerAddress: () => peer,
    })
    expect(await outcomeOf(api, request('10.0.0.2'))).toBe('mtls')
    expect(await outcomeOf(api, request('10.0.0.9'))).toBe('certificate_missing')
  })
})

const shown = { certificate: () => certificate.der } as const

const optionsByLabel: Readonly<Record<string, Partial<ResourceServerOptions>>> = {
  'without options': {},
  "`dpop: 'require'`": { dpop: 'require' },
  "`dpop: 'reject'`": { dpop: 'reject' },
  '`mtls: { certificate }`': { mtls: shown },
  "`mtls: { certificate, mode: 'require' }`": { mtls: { ...shown, mode: 'require' } },
}

describe('the table of docs/guides/sender-constrained.md', () => {
  const rows = [...document.matchAll(/^\| (.+?) +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)]
    .map(([, ...cells]) => cells)
    .filter(([label = '']) => label in optionsByLabel)

  it('has all rows', () => {
    expect(rows.map(([label]) => label)).toEqual(Object.keys(optionsByLabel))
  })

  it.each(rows)('tells the truth about %s', async (label = '', ...cells) => {
    const { api, token } = createWorld(optionsByLabel[label])
    const ofKey = token({ cnf: { jkt: thumbprint } })
    const ofCertificate = token({ cnf: { 'x5t#S256': certificate.thumbprint } })
    const ways = [
      bearer(token()),
      dpop(ofKey, proofOf(ofKey, {}, { key: proofKey })),
      bearer(ofCertificate),
    ]
    const results = await Promise.all(
      ways.map((headers) =>
        api.authenticate({ method: 'GET', url: '/', headers: Object.fromEntries(headers) }),
      ),
    )
    expect(results.map(({ ok }) => ok)).toEqual(cells.map((cell) => cell.startsWith('accepted')))
  })
})
