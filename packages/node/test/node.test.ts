import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { toNodeListener } from '../src/index.js'
import { describeAdapter } from './support/describe-adapter.js'

describeAdapter('node:http', (handle) => createServer(toNodeListener(handle)))

describe('toNodeListener', () => {
  it('leaves to the fallback what the handler does not know', async () => {
    const server = createServer(
      toNodeListener(
        async () => undefined,
        (_request, response) => {
          response.end('mine')
        },
      ),
    )
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.address() as AddressInfo
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('mine')
    server.closeAllConnections()
    server.close()
  })
})
