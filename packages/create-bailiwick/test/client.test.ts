import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { frameworks } from '../src/choices.js'
import { writeProject } from '../src/write-project.js'
import { startClient } from './support/start-client.js'
import { startIssuer } from './support/start-issuer.js'
import { removeFolder, temporaryFolder } from './support/temporary-folder.js'

const folder = temporaryFolder()
afterAll(() => {
  removeFolder(folder)
})

const projects = frameworks.map(({ value: framework }) => ({
  framework,
  callers: 'people' as const,
  folder: join(folder, framework),
}))
beforeAll(() => Promise.all(projects.map(writeProject)))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Where browsers find the client. It does not listen there, as one behind a proxy does not. */
const clientUrl = 'http://client.example'

/** A client, its server, and a browser that keeps the cookie of the client. */
async function createWorld(project: string) {
  const issuer = await startIssuer()
  const client = await startClient(project, { ISSUER: issuer.url, CLIENT_URL: clientUrl })
  let cookie = ''
  async function go(path: string): Promise<Response> {
    const response = await fetch(`${client}${path}`, { headers: { cookie }, redirect: 'manual' })
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return response
  }
  /** Begins to sign in, and gives the path on which the server sends the browser back. */
  async function begin(): Promise<string> {
    const response = await go('/sign-in')
    const { searchParams } = new URL(response.headers.get('location') ?? '')
    issuer.nonce = searchParams.get('nonce') ?? ''
    return `/callback?${new URLSearchParams({ code: 'code', state: searchParams.get('state') ?? '' })}`
  }
  const home = async (): Promise<string> => (await go('/')).text()
  return { issuer, go, begin, home }
}

const minutes = (count: number): number => count * 60_000

describe.each(projects)('the web client on $framework', ({ folder: project }) => {
  it('remembers who begins to sign in for ten minutes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const { issuer, go, begin, home } = await createWorld(project)
    const callback = await begin()
    vi.advanceTimersByTime(minutes(10) - 1)
    await go(callback)
    expect(await home()).toContain('You are Alice.')

    const lateCallback = await begin()
    vi.advanceTimersByTime(minutes(10))
    await go(lateCallback)
    expect(await home()).toContain('Please sign in again.')
    expect(issuer.tokenRequests).toHaveLength(1)
  })

  it('remembers who has signed in for an hour', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const { go, begin, home } = await createWorld(project)
    await go(await begin())
    vi.advanceTimersByTime(minutes(60) - 1)
    expect(await home()).toContain('You are Alice.')
    vi.advanceTimersByTime(1)
    expect(await home()).not.toContain('You are Alice.')
  })
  it('signs in as soon as the server is up', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const { issuer, go, begin, home } = await createWorld(project)
    issuer.isUp = false
    expect((await go('/sign-in')).status).toBe(500)
    issuer.isUp = true
    await go(await begin())
    expect(await home()).toContain('You are Alice.')
  })
  it('knows its own address, whatever the request says', async () => {
    const { issuer, go, begin, home } = await createWorld(project)
    await go(await begin())
    expect(await home()).toContain('You are Alice.')
    expect(issuer.tokenRequests[0]?.get('redirect_uri')).toBe(`${clientUrl}/callback`)
  })
})
