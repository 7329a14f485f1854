import { createServer, request as send } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { ResourceServer } from '../../src/index.js'
import { createWorld, jwksUri } from './world.js'

/** An application whose response to `/streaming` has begun before the guard has a say. */
export type Build = (api: ResourceServer, reach: () => void) => RequestListener

interface Visit {
  readonly path: string
  readonly token?: string
  /** The client goes as soon as this has happened. */
  readonly until?: Promise<void>
}

async function serve(listener: RequestListener): Promise<{
  readonly visit: (visit: Visit) => Promise<string>
  readonly close: () => void
}> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    visit: ({ path, token, until }) =>
      new Promise((resolve) => {
        const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
        const request = send(
          { host: '127.0.0.1', port, path, headers, agent: false },
          (response) => {
            response
              .on('data', () => undefined)
              .on('end', () => {
                resolve(String(response.statusCode))
              })
              .on('error', () => {
                resolve('cut off')
              })
          },
        )
        request
          .on('error', () => {
            resolve('gone')
          })
          .end()
        void until?.then(() => request.destroy())
      }),
    close: () => server.close(),
  }
}

/** What becomes of requests whose client, or whose response, is no longer where it was. */
export function describeDepartures(build: Build): void {
  describe('departures', () => {
    it('H11 nothing happens when the client goes while keys are loaded', async () => {
      const { api, network, token, key } = createWorld()
      let isAsked: () => void = () => undefined
      let answer: () => void = () => undefined
      const asked = new Promise<void>((resolve) => {
        isAsked = resolve
      })
      const answered = new Promise<void>((resolve) => {
        answer = resolve
      })
      network.serve(jwksUri, async () => {
        isAsked()
        await answered
        return Response.json({ keys: [key.jwk] })
      })
      const app = await serve(build(api, () => undefined))
      expect(await app.visit({ path: '/', token: token(), until: asked })).toBe('gone')
      answer()
      expect(await app.visit({ path: '/', token: token() })).toBe('200')
      app.close()
    })

    it('H11 a response that has begun is cut off, and the handler not reached', async () => {
      let reached = 0
      const { api, token } = createWorld()
      const app = await serve(
        build(api, () => {
          reached += 1
        }),
      )
      expect(await app.visit({ path: '/streaming' })).not.toBe('gone')
      expect(reached).toBe(0)
      expect(await app.visit({ path: '/', token: token() })).toBe('200')
      expect(reached).toBe(1)
      app.close()
    })
  })
}
