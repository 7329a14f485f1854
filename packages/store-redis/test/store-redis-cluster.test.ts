import { randomBytes } from 'node:crypto'
import type { NewRecord } from '@bailiwick/core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { describeStore } from '../../core/test/support/describe-store.js'
import { createRedisStore } from '../src/index.js'
import { clusterLinks } from '../src/open-link.js'
import { startCluster } from './support/redis-cluster.js'
import type { RedisClusterProcesses } from './support/redis-cluster.js'
import { canStartRedis } from './support/redis-process.js'
import { sayNotChecked } from '../../../tests/support/say-not-checked.js'

sayNotChecked(canStartRedis, 'redis-server')

const newPrefix = (): string => `bailiwick-test-${randomBytes(6).toString('hex')}`

const session = (id: string): NewRecord => ({
  kind: 'session',
  id,
  subject: 'alice',
  expiresAt: 4_102_444_800,
  data: { member: 'value' },
})

describe.runIf(canStartRedis)('with a cluster', () => {
  let processes: RedisClusterProcesses
  beforeAll(async () => {
    processes = await startCluster()
  })
  afterAll(async () => processes.remove())

  const urls = (): readonly string[] => processes.nodes.map(({ url }) => url)

  describeStore('Redis cluster', async () => {
    const prefix = newPrefix()
    const [first, second] = [
      createRedisStore({ cluster: urls(), prefix }),
      createRedisStore({ cluster: urls().slice(0, 1), prefix }),
    ]
    return {
      first,
      second,
      dropsExpired: true,
      cut: () => processes.cut(prefix),
      async close() {
        await first.close()
        await second.close()
      },
    }
  })

  it('tells when it has lost a connection to a node', async () => {
    const name = newPrefix()
    const onLoss = vi.fn<() => void>()
    const link = await clusterLinks(urls(), { name, timeout: 3 })(onLoss)
    onTestFinished(link.destroy)
    expect(await link.send('a', ['GET', 'a'])).toBeNull()
    expect(onLoss).not.toHaveBeenCalled()
    await processes.cut(name)
    await vi.waitFor(() => expect(onLoss).toHaveBeenCalled())
  })

  it('needs none of the nodes that it was told of, when it has learned of others', async () => {
    const [first] = processes.nodes
    const prefix = newPrefix()
    const store = createRedisStore({ cluster: urls().slice(0, 1), prefix, timeout: 0.5 })
    onTestFinished(store.close)
    const ids = Array.from({ length: 30 }, (_each, index) => `${index}`)
    await Promise.all(ids.map((id) => store.insert(session(id))))
    await first?.stop()
    await processes.cut(prefix)
    await vi.waitFor(
      async () => {
        const found = await Promise.allSettled(ids.map((id) => store.find('session', id)))
        const answers = found.filter(({ status }) => status === 'fulfilled')
        expect(answers.length).toBeGreaterThan(5)
      },
      { timeout: 5000 },
    )
    await first?.start()
    await processes.settle()
  })

  it.each([
    ['is stopped and started again', 'stop', 'start'],
    ['stops answering for a while', 'pause', 'resume'],
  ] as const)('goes on for what other nodes have when one %s', async (_, leave, comeBack) => {
    const [away] = processes.nodes
    const prefix = newPrefix()
    const store = createRedisStore({ cluster: urls(), prefix, timeout: 2 })
    onTestFinished(store.close)
    const ids = Array.from({ length: 30 }, (_each, index) => `${index}`)
    await Promise.all(ids.map((id) => store.insert(session(id))))
    const findAll = () => Promise.allSettled(ids.map((id) => store.find('session', id)))

    await away?.[leave]()
    // One that begins now has only heard of the node.
    const late = createRedisStore({ cluster: urls().slice(1), prefix, timeout: 2 })
    onTestFinished(late.close)
    const foundLate = await Promise.allSettled(ids.map((id) => late.find('session', id)))
    expect(foundLate.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(5)
    for (let round = 0; round < 3; round += 1) {
      const found = await findAll()
      const answers = found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
      expect(answers.length).toBeGreaterThan(5)
      expect(answers.length).toBeLessThan(30)
      for (const answer of answers) expect(answer?.subject).toBe('alice')
    }
    await away?.[comeBack]()
    await processes.settle()
    await vi.waitFor(
      async () => {
        expect((await findAll()).filter(({ status }) => status === 'rejected')).toEqual([])
        expect(await store.insert(session(newPrefix()))).toBe(true)
      },
      { timeout: 5000 },
    )
  })
})
