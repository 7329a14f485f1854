import { describe, expect, it } from 'vitest'
import { configuration } from '../support/configuration.js'
import { configurationFile } from '../support/files.js'
import { startInProcess } from '../support/start-in-process.js'
import { createUserAgent } from '../support/user-agent.js'

const withUsers = {
  ...configuration,
  users: [{ subject: '123', username: 'alice', password: 'wonderland' }],
}

/** How many attempts to sign in to an account one address has. */
const attemptsOfOne = 10

/** What becomes of a wrong password: it is told, or has to wait for those before it. */
const [wrong, tooMany] = [422, 429]

type Header = (attempt: number) => string

/** Fails to sign in once more than one address may, and gives the status of the last attempt. */
async function lastStatus(url: string, header: Header): Promise<number | undefined> {
  const statuses: (number | undefined)[] = []
  for (let attempt = 0; attempt <= attemptsOfOne; attempt += 1) {
    const agent = createUserAgent(url, { 'x-forwarded-for': header(attempt) })
    await agent.go(`${url}/grants`)
    statuses.push((await agent.submit({ username: 'alice', password: 'guess' })).status)
  }
  expect(statuses.slice(0, -1)).toEqual(Array.from({ length: attemptsOfOne }, () => wrong))
  return statuses.at(-1)
}

const behind = (...proxies: readonly string[]): readonly string[] => [
  '--trust-proxy',
  proxies.join(','),
]

describe('bailiwick serve --trust-proxy', () => {
  const eachOwn: readonly [string, readonly string[], Header][] = [
    ['a proxy that is trusted', behind('loopback'), (n) => `203.0.113.${n}`],
    ['a network that is trusted', behind('127.0.0.0/8'), (n) => `203.0.113.${n}`],
    [
      'several that are trusted',
      behind('127.0.0.1', ' 10.0.0.0/8'),
      (n) => `203.0.113.${n}, 10.0.0.9`,
    ],
  ]
  it.each(eachOwn)('counts users apart behind %s', async (_, options, header) => {
    const url = await startInProcess(await configurationFile(withUsers), ...options)
    expect(await lastStatus(url, header)).toBe(wrong)
  })

  const asOne: readonly [string, readonly string[], Header][] = [
    ['nobody is trusted', [], (n) => `203.0.113.${n}`],
    ['the peer is not trusted', behind('10.0.0.0/8'), (n) => `203.0.113.${n}`],
    [
      'a client forges what stands before its address',
      behind('loopback'),
      (n) => `198.51.100.${n}, 203.0.113.1`,
    ],
    [
      'a client forges the address of a proxy too',
      behind('loopback', '10.0.0.0/8'),
      (n) => `198.51.100.${n}, 10.0.0.8, 203.0.113.1, 10.0.0.9`,
    ],
    ['a proxy adds the port', behind('loopback'), (n) => `203.0.113.1:${5000 + n}`],
  ]
  it.each(asOne)('counts a user once where %s', async (_, options, header) => {
    const url = await startInProcess(await configurationFile(withUsers), ...options)
    expect(await lastStatus(url, header)).toBe(tooMany)
  })

  it('shows the explorer to nobody that a proxy says is at this machine', async () => {
    const url = await startInProcess(
      await configurationFile(withUsers),
      '--explorer',
      'loopback',
      ...behind('loopback'),
    )
    const asked = (fields: Record<string, string>): Promise<Response> =>
      fetch(`${url}/explorer`, { headers: fields })
    expect((await asked({})).status).toBe(200)
    expect((await asked({ 'x-forwarded-for': '127.0.0.1' })).status).toBe(403)
  })
})
