import type { RequestListener } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTokenSource } from '../../examples/machine-to-machine/src/token-source.js'
import { listening } from '../support/listening.js'
import { freePort } from '../support/free-port.js'
import { patience, runExample, startExample } from './support/running-example.js'

const createEnvironment = async () => ({
  PORT: `${await freePort()}`,
  API_PORT: `${await freePort()}`,
})

/** An API that answers until the test is over. */
async function startApi(listener: RequestListener): Promise<string> {
  const { url, close } = await listening(() => listener)
  onTestFinished(close)
  return url
}

describe('examples/machine-to-machine', patience, () => {
  it('gets a token, calls the API, and ends', async () => {
    const { exitCode, output } = await runExample('machine-to-machine', {
      env: await createEnvironment(),
    })
    for (const id of ['1', '2', '3']) {
      expect(output).toContain(`invoice ${id}: {"id":"${id}","readBy":"batch"}`)
    }
    expect(exitCode).toBe(0)
  })

  it('keeps its token, and gets another one when the API does not take it any more', async () => {
    const env = await createEnvironment()
    await startExample('machine-to-machine', { script: 'server', env, ready: ['The server is at'] })
    const sent: [url: string, token: string][] = []
    const apiUrl = await startApi(({ url = '', headers }, response) => {
      sent.push([url, headers.authorization ?? ''])
      response.writeHead(sent.length === 2 ? 401 : 200).end()
    })

    const batch = await runExample('machine-to-machine', {
      script: 'batch',
      env: { ...env, API_URL: apiUrl },
    })
    expect(batch.exitCode).toBe(0)
    const [first, , third] = sent.map(([, token]) => token)
    expect(sent).toEqual([
      ['/invoices/1', first],
      ['/invoices/2', first],
      ['/invoices/2', third],
      ['/invoices/3', third],
    ])
    expect(third).not.toBe(first)
  })

  it('tells when a second token is not taken either', async () => {
    const env = await createEnvironment()
    await startExample('machine-to-machine', { script: 'server', env, ready: ['The server is at'] })
    let calls = 0
    const apiUrl = await startApi((_request, response) => {
      calls += 1
      response.writeHead(401).end()
    })
    const batch = await runExample('machine-to-machine', {
      script: 'batch',
      env: { ...env, API_URL: apiUrl },
    })
    expect(batch.output).toContain('the API answered 401 for invoice 1')
    expect(batch.exitCode).toBe(1)
    expect(calls).toBe(2)
  })
})

describe('the token source of examples/machine-to-machine', () => {
  const createRequests = (lifetime: number) => {
    let count = 0
    const request = async () => ({ access_token: `token ${(count += 1)}`, expires_in: lifetime })
    return { source: createTokenSource(request), count: () => count }
  }

  it('asks once for calls side by side', async () => {
    const { source, count } = createRequests(300)
    expect(await Promise.all([source.get(), source.get()])).toEqual(['token 1', 'token 1'])
    expect(await source.get()).toBe('token 1')
    expect(count()).toBe(1)
  })

  it('asks again shortly before the token expires', async () => {
    const { source } = createRequests(29)
    expect(await source.get()).toBe('token 1')
    expect(await source.get()).toBe('token 2')
  })

  it('keeps a newer token than the one that was refused', async () => {
    const { source } = createRequests(300)
    await source.get()
    source.discard('token 1')
    expect(await source.get()).toBe('token 2')
    source.discard('token 1')
    expect(await source.get()).toBe('token 2')
  })

  it('asks again after a request that failed', async () => {
    let isUp = false
    const source = createTokenSource(async () => {
      if (!isUp) throw new Error('down')
      return { access_token: 'token', expires_in: 300 }
    })
    await expect(source.get()).rejects.toThrow('down')
    isUp = true
    expect(await source.get()).toBe('token')
  })
})
