import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Readable } from 'node:stream'
import { nodeCommand } from './core-pinning.js'
import type { Core } from './core-pinning.js'

/** A child process that carries out orders one at a time. */
export interface Worker<Order, Report> {
  /** Rejects when the order fails or the process ends. */
  readonly ask: (order: Order) => Promise<Report>
  readonly stop: () => Promise<void>
}

/** Which script to run as a worker, and where. */
export interface WorkerOptions {
  readonly script: URL
  readonly core: Core
  readonly isPinned: boolean
}

type Message<Report> =
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'failure'; readonly reason: string }

const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

function collect(stream: Readable | null): () => string {
  let text = ''
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  return () => text
}

async function nextMessage<Report>(child: ChildProcess): Promise<Message<Report>> {
  const isOver = new AbortController()
  const { signal } = isOver
  try {
    const [message] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(() => [
        { kind: 'failure', reason: 'the process ended' },
      ]),
    ])
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both ends are compiled from the same sources
    return message as Message<Report>
  } finally {
    isOver.abort()
  }
}

/** Starts a worker whose script calls {@link carryOut} with the same types. */
export function startWorker<Order extends object, Report>({
  script,
  ...placement
}: WorkerOptions): Worker<Order, Report> {
  const [command, ...args] = nodeCommand(fileURLToPath(script), placement)
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const complaints = collect(child.stderr)
  return {
    async ask(order) {
      const answer = nextMessage<Report>(child)
      child.send(order)
      const message = await answer
      if (message.kind === 'report') return message.report
      throw new Error([message.reason, complaints()].join('\n').trim())
    },
    async stop() {
      if (!child.connected) return
      const exit = once(child, 'exit')
      child.disconnect()
      await exit
    },
  }
}

/** Makes this process a worker: carries out each order it is sent, and ends with the process that sends them. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it stands for what the channel cannot tell
export function carryOut<Order>(execute: (order: Order) => Promise<unknown>): void {
  const answer = async (order: Order): Promise<Message<unknown>> => {
    try {
      return { kind: 'report', report: await execute(order) }
    } catch (error) {
      return { kind: 'failure', reason: reasonOf(error) }
    }
  }
  process.on('message', (order: Order) => {
    void answer(order).then((message) => process.send?.(message))
  })
  process.on('disconnect', () => process.exit())
}
