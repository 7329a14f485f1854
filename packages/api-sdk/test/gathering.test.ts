import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { mock } from 'node:test'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createWorld } from './support/world.js'
import type { World } from './support/world.js'

/** Answers by what an API says, and writes down when it hears of a request and when it has decided about one. */
function tellingListener({ api }: World, steps: string[]): RequestListener {
  return async ({ url = '/', headers }, response) => {
    steps.push(`read ${url}`)
    const { ok } = await api.authenticate({ method: 'GET', url, headers })
    steps.push(`decided ${url}`)
    response.writeHead(ok ? 200 : 401).end()
  }
}

/** Opens a connection, and waits until both ends know of it. */
async function open(server: Server): Promise<Socket> {
  const { port } = server.address() as AddressInfo
  const accepted = once(server, 'connection')
  const socket = connect(port, '127.0.0.1')
  await Promise.all([once(socket, 'connect'), accepted])
  return socket
}

function ask(socket: Socket, path: string, token: string): Promise<string> {
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  )
  return text(socket)
}

describe('requests that arrive together', () => {
  it('are all read, and then decided one right after the other', async () => {
    const world = createWorld()
    await world.api.ready()
    const steps: string[] = []
    const server = createServer(tellingListener(world, steps)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const [first, second] = [await open(server), await open(server)]
    const token = world.token()
    const answers = await Promise.all([ask(first, '/1', token), ask(second, '/2', token)])
    server.close()
    expect(answers.map((answer) => answer.slice(0, 12))).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200'])
    expect(steps).toEqual(['read /1', 'read /2', 'decided /1', 'decided /2'])
  })

  it('are decided at once by a second guard, so that nothing comes of them before somebody reads it', async () => {
    const { api, token } = createWorld()
    await api.ready()
    const headers = { authorization: `Bearer ${token()}` }
    const request = { method: 'GET', url: '/', headers, source: {} }
    const steps: string[] = []
    await api.authenticate(request)
    const turn = new Promise<void>((resolve) => {
      setImmediate(() => {
        steps.push('next turn')
        resolve()
      })
    })
    const { ok } = await api.authenticate(request)
    steps.push(`second guard: ${ok}`)
    await turn
    expect(steps).toEqual(['second guard: true', 'next turn'])
  })

  it('may be known by an object to which nothing can be added', async () => {
    const { api, token } = createWorld()
    const headers = { authorization: `Bearer ${token()}` }
    const request = { method: 'GET', url: '/', headers, source: Object.freeze({}) }
    expect(await api.authenticate(request)).toMatchObject({ ok: true })
  })

  it('took as long as they waited for each other, too', async () => {
    const { api, token, events } = createWorld()
    await api.ready()
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1000)
    const headers = { authorization: `Bearer ${token()}` }
    const decision = api.authenticate({ method: 'GET', url: '/', headers })
    clock.mockReturnValue(3000)
    await decision
    clock.mockRestore()
    expect(events.at(-1)).toMatchObject({ type: 'accepted', duration: 2 })
  })
})

describe('a request that comes alone', () => {
  afterEach(() => {
    vi.useRealTimers()
    mock.timers.reset()
    syncBuiltinESMExports()
  })

  it('is decided while nothing else happens, also when the timers of a test stand still', async () => {
    const world = createWorld()
    await world.api.ready()
    vi.useFakeTimers()
    expect(await world.outcome(world.token())).toBe('alice')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is decided also when the timers stood still before the SDK was imported', async () => {
    const world = createWorld()
    await world.api.ready()
    mock.timers.enable({ apis: ['setImmediate'] })
    // What is imported from now on gets these timers.
    syncBuiltinESMExports()
    expect(await world.outcome(world.token())).toBe('alice')
  })
})
