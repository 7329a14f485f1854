import { describe, expect, it } from 'vitest'
import type { GuardedWorld } from './guarded-app.js'
import { metadataPath } from './refusals.js'

/** How the metadata document is served. */
export function describeMetadata({ send }: GuardedWorld): void {
  describe('metadata', () => {
    it('P01 P02 P03 serves the metadata from the configuration', async () => {
      const get = await send({
        path: metadataPath,
        headers: [
          ['host', 'evil.example'],
          ['x-forwarded-host', 'evil.example'],
        ],
      })
      expect(get.status).toBe(200)
      expect(JSON.parse(get.body)).toEqual({
        resource: 'https://api.example.com',
        authorization_servers: ['https://id.example.com'],
        bearer_methods_supported: ['header'],
      })
      expect(get.headers).toMatchObject({
        'content-type': 'application/json',
        'cache-control': 'public, max-age=3600',
        'access-control-allow-origin': '*',
      })
      const head = await send({ method: 'HEAD', path: metadataPath })
      expect(head).toMatchObject({ status: 200, body: '' })
      expect(head.headers['content-length']).toBe(get.headers['content-length'])
      const options = await send({ method: 'OPTIONS', path: metadataPath })
      expect(options).toMatchObject({ status: 204, body: '' })
      expect(options.headers['access-control-allow-methods']).toBe('GET, HEAD, OPTIONS')
      const post = await send({ method: 'POST', path: metadataPath })
      expect(post.status).toBe(405)
      expect(post.headers['allow']).toBe('GET, HEAD, OPTIONS')
    })

    it('P03 serves the metadata nowhere else', async () => {
      expect((await send({ path: `${metadataPath}/x` })).status).toBe(404)
      expect((await send({ path: `${metadataPath}?x=1` })).status).toBe(200)
    })
  })
}
