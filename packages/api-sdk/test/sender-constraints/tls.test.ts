import express from 'express'
import Koa from 'koa'
import { createServer, request as send } from 'node:https'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { guardWith as guardExpress } from '../../src/express.js'
import { tlsCertificate } from '../../src/index.js'
import type { ResourceServer } from '../../src/index.js'
import { guardWith as guardKoa } from '../../src/koa.js'
import { createCertificate } from '../support/certificates.js'
import type { TestCertificate } from '../support/certificates.js'
import { createWorld } from '../support/world.js'

const serverCertificate = createCertificate('api')
const [own, other] = [createCertificate('client'), createCertificate('other')]

const applications: Readonly<Record<string, (api: ResourceServer) => RequestListener>> = {
  Express: (api) => {
    const guard = guardExpress(api)
    return express().get('/', guard('read'), (request, response) => {
      response.send(guard.auth(request).binding.kind)
    })
  },
  Koa: (api) => {
    const guard = guardKoa(api)
    const app = new Koa().use(guard('read')).use((ctx) => {
      ctx.body = guard.auth(ctx).binding.kind
    })
    return app.callback()
  },
}

function ask(port: number, token: string, client: TestCertificate | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    send({
      host: '127.0.0.1',
      port,
      agent: false,
      headers: { authorization: `Bearer ${token}` },
      // Nobody but these tests has signed these certificates.
      rejectUnauthorized: false,
      ...(client && { cert: client.pem, key: client.key }),
    })
      .on('response', (message) => {
        let body = ''
        message
          .setEncoding('utf8')
          .on('data', (chunk) => {
            body += String(chunk)
          })
          .on('end', () => {
            resolve(message.statusCode === 200 ? body : String(message.statusCode))
          })
      })
      .on('error', reject)
      .end()
  })
}

describe.each(Object.entries(applications))('certificates of TLS on %s', (_, make) => {
  it('M02 M03 are those with which the connection was opened', async () => {
    const world = createWorld({ mtls: { certificate: tlsCertificate() } })
    const { pem: cert, key } = serverCertificate
    const tls = { cert, key, requestCert: true, rejectUnauthorized: false }
    const server = createServer(tls, make(world.api))
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.address() as AddressInfo
    const token = world.token({ cnf: { 'x5t#S256': own.thumbprint } })
    expect(await ask(port, token, own)).toBe('mtls')
    expect(await ask(port, token, other)).toBe('401')
    expect(await ask(port, token, undefined)).toBe('401')
    expect(await ask(port, world.token(), own)).toBe('none')
    expect(world.reasons()).toEqual(['binding_mismatch', 'certificate_missing'])
    await new Promise((resolve) => {
      server.close(resolve)
    })
  })

  it('M01 M02 are none on a plain connection, and without tlsCertificate', async () => {
    const plain = createWorld({ mtls: { certificate: tlsCertificate() } })
    const token = plain.token({ cnf: { 'x5t#S256': own.thumbprint } })
    expect(await plain.outcome(token)).toBe('certificate_missing')
    expect(await createWorld().outcome(token)).toBe('certificate_missing')
  })
})
