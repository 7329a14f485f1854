import { startWorker } from './worker.js'

/** What a worker of its own measures, on the core of the server. */
export interface MeasuredApart<Order extends object> {
  readonly script: URL
  readonly order: Order
  readonly isPinned: boolean
}

/** Has something measured in a process of its own, which ends with it. */
export async function askWorker<Order extends object, Report>({
  script,
  order,
  isPinned,
}: MeasuredApart<Order>): Promise<Report> {
  const worker = startWorker<Order, Report>({ script, core: 'server', isPinned })
  try {
    return await worker.ask(order)
  } finally {
    await worker.stop()
  }
}
