import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { decodeProtectedHeader } from 'jose'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  clients,
  createNodes,
  databaseUrl,
  hasDatabase,
  postForm,
  temporaryDatabase,
} from '../support/nodes.js'
import type { RunningServer } from '../support/start-server.js'

it.each(hasDatabase ? [] : [databaseUrl])('NOT CHECKED: there is no PostgreSQL', () => {
  expect(hasDatabase).toBe(false)
})

const issuer = 'http://127.0.0.1:5001'

const apiCount = 10

/** Starts an API that reads its keys from a node. It is ended after the test. */
async function startApi({ url }: RunningServer): Promise<string> {
  const child = fork(
    fileURLToPath(new URL('../support/api-process.ts', import.meta.url)),
    [issuer, `${url}/.well-known/jwks.json`],
    {
      execArgv: ['--conditions=bailiwick-source', '--import', import.meta.resolve('tsx')],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  )
  const exited = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
  })
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  return line.toString().trim()
}

/** Everything in seconds, and quick: each key signs for a few of them. */
const keyManagement = {
  rotationInterval: 6,
  propagationTime: 4,
  retentionDuration: 8,
  cacheDuration: 1,
}

describe.runIf(hasDatabase)('keys that rotate under load', { timeout: 180_000 }, () => {
  it('fail no request of ten APIs that cache them', async () => {
    const nodes = await createNodes({
      connectionString: await temporaryDatabase(),
      issuer,
      configuration: {
        keyManagement,
        // No key is published for longer than that after it has signed.
        clients: clients.map((client) => ({
          ...client,
          accessTokenLifetime: 5,
          identityTokenLifetime: 5,
        })),
      },
    })
    const servers = await Promise.all([nodes.start(), nodes.start()])
    const apis = await Promise.all(
      Array.from({ length: apiCount }, (_, index) => startApi(servers[index % 2] ?? servers[0])),
    )

    const keys = new Set<unknown>()
    const answers = new Map<string, number>()
    let calls = 0
    async function callOnce(caller: number): Promise<void> {
      const node = servers[calls % 2] ?? servers[0]
      calls += 1
      const { body } = await postForm(`${node.url}/token`, {
        grant_type: 'client_credentials',
        scope: 'read',
      })
      const token = String(body['access_token'])
      keys.add(decodeProtectedHeader(token).kid)
      // By any API: the one may have read its keys before, the other after they changed.
      const api = apis[(calls + caller) % apis.length] ?? ''
      const response = await fetch(api, { headers: { authorization: `Bearer ${token}` } })
      const answer = `${response.status} ${await response.text()}`
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
    }

    async function callOnAndOn(caller: number): Promise<void> {
      await callOnce(caller)
      // Three keys: one that was there, one that took over, and one that took over from that.
      if (keys.size < 4) await callOnAndOn(caller)
    }
    await Promise.all([0, 1, 2, 3].map(callOnAndOn))
    expect([...answers.keys()]).toEqual(['200 '])
    expect(answers.get('200 ')).toBeGreaterThan(apiCount)
  })
})
