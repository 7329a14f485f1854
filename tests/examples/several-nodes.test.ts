import { kill } from 'node:process'
import * as client from 'openid-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  connectionString,
  hasDatabase,
} from '../../packages/store-postgres/test/support/find-database.js'
import { temporaryDatabase } from '../../packages/store-postgres/test/support/temporary-database.js'
import { canStartRedis, startRedis } from '../../packages/store-redis/test/support/redis-process.js'
import { sayNotChecked } from '../support/say-not-checked.js'
import { freePort } from '../support/free-port.js'
import { beginSignIn } from './support/relying-party.js'
import { patience, startExample } from './support/running-example.js'

/** Starts two nodes, and knows their processes. */
async function startNodes(script: string, store: Readonly<Record<string, string>>) {
  const port = await freePort()
  const nodePorts = [await freePort(), await freePort()]
  const running = await startExample('several-nodes', {
    script,
    env: { PORT: `${port}`, NODE_PORTS: nodePorts.join(' '), ...store },
    ready: ['The balancer is at', ...nodePorts.map((node) => `node ${node} is process`)],
  })
  const pids = new Map(
    [...running.output().matchAll(/node (\d+) is process (\d+)/g)].map(([, node, pid]) => [
      Number(node),
      Number(pid),
    ]),
  )
  const isThere = (node: number): Promise<boolean> =>
    fetch(`http://127.0.0.1:${node}/`).then(
      () => true,
      () => false,
    )
  return {
    issuer: `http://127.0.0.1:${port}`,
    nodePorts,
    running,
    /** Ends a node without a warning, and waits until it is gone. */
    killNode: async (node: number): Promise<void> => {
      kill(pids.get(node) ?? Number.NaN, 'SIGKILL')
      while (await isThere(node)) continue
    },
  }
}

const cameThrough = {
  claims: { sub: 'alice' },
  userInfo: { sub: 'alice' },
  statusWithoutNodes: 503,
}

/** Signs in while nodes come and go. */
async function signInThroughDisaster(script: string, store: Readonly<Record<string, string>>) {
  const { issuer, nodePorts, running, killNode } = await startNodes(script, store)
  const [first = 0, second = 0] = nodePorts
  const { config, agent, url, redeem } = await beginSignIn(issuer, 'openid offline_access')

  await agent.go(url)
  await killNode(first)
  const consent = await agent.submit({ username: 'alice', password: 'alice' })
  expect(consent.html).toContain('offline_access')
  const callback = await agent.submit({ decision: 'allow' })
  const tokens = await redeem(callback.url)

  // The one that is left has not seen everything itself; the one that comes back has seen nothing.
  const revived = await startExample('several-nodes', {
    script: 'node',
    env: {
      PORT: `${first}`,
      ISSUER: issuer,
      STORE: script === 'start' ? 'postgres' : 'redis',
      ...store,
    },
    ready: [`node ${first} is process`],
  })
  await killNode(second)
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
  const userInfo = await client.fetchUserInfo(config, refreshed.access_token, 'alice')

  await revived.end('SIGTERM')
  const { status } = await fetch(`${issuer}/.well-known/openid-configuration`)
  await running.end('SIGTERM')
  return { claims: tokens.claims(), userInfo, statusWithoutNodes: status }
}

sayNotChecked(hasDatabase, `database at ${connectionString} for the example of several nodes`)
sayNotChecked(canStartRedis, 'redis-server or valkey-server for the example of several nodes')

describe('examples/several-nodes', patience, () => {
  it.runIf(hasDatabase)('goes on with PostgreSQL when a node is killed', async () => {
    const { url } = await temporaryDatabase()
    expect(await signInThroughDisaster('start', { DATABASE_URL: url })).toMatchObject(cameThrough)
  })

  it.runIf(canStartRedis)('goes on with Redis when a node is killed', async () => {
    const redis = await startRedis()
    onTestFinished(redis.remove)
    const outcome = await signInThroughDisaster('start:redis', { REDIS_URL: redis.url })
    expect(outcome).toMatchObject(cameThrough)
  })
})
