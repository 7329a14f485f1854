import { vi } from 'vitest'
import { connectAdmin } from './admin.js'
import { freePort } from '../../../../tests/support/free-port.js'
import { startRedis } from './redis-process.js'
import type { RedisProcess } from './redis-process.js'

/** Three primaries that share the slots. */
export interface RedisClusterProcesses {
  readonly nodes: readonly RedisProcess[]
  /** Ends the connections of that name, at each node. */
  readonly cut: (name: string) => Promise<void>
  /** Waits until every node takes the cluster to be in order. */
  readonly settle: () => Promise<void>
  readonly remove: () => Promise<void>
}

const slots = [
  ['0', '5460'],
  ['5461', '10922'],
  ['10923', '16383'],
] as const

const startNode = async (): Promise<{ readonly node: RedisProcess; readonly busPort: number }> => {
  const busPort = await freePort()
  const node = await startRedis(
    '--cluster-enabled',
    'yes',
    '--cluster-port',
    `${busPort}`,
    '--cluster-node-timeout',
    '5000',
  )
  return { node, busPort }
}

async function send(node: RedisProcess, ...command: readonly string[]): Promise<string> {
  const admin = await connectAdmin(node.url)
  try {
    return String(await admin.send(...command))
  } finally {
    admin.close()
  }
}

/** Starts a cluster and waits until it is one. */
export async function startCluster(): Promise<RedisClusterProcesses> {
  const started = await Promise.all(slots.map(startNode))
  const nodes = started.map(({ node }) => node)
  const [first] = nodes
  for (const [index, [from, to]] of slots.entries()) {
    await send(nodes[index]!, 'CLUSTER', 'ADDSLOTSRANGE', from, to)
    await send(nodes[index]!, 'CLUSTER', 'SET-CONFIG-EPOCH', `${index + 1}`)
  }
  for (const { node, busPort } of started.slice(1)) {
    await send(first!, 'CLUSTER', 'MEET', '127.0.0.1', `${node.port}`, `${busPort}`)
  }

  const settle = async (): Promise<void> => {
    await vi.waitFor(
      async () => {
        for (const node of nodes) {
          const info = await send(node, 'CLUSTER', 'INFO')
          if (!/cluster_state:ok[^]*cluster_known_nodes:3/.test(info)) throw new Error(info)
        }
      },
      { timeout: 30_000, interval: 100 },
    )
  }
  await settle()

  return {
    nodes,
    settle,
    async cut(name) {
      await Promise.all(
        nodes.map(async ({ url }) => {
          // A node that is away has no connections.
          const admin = await connectAdmin(url).catch(() => undefined)
          await admin?.cut(name)
          admin?.close()
        }),
      )
    },
    async remove() {
      await Promise.all(nodes.map((node) => node.remove()))
    },
  }
}
