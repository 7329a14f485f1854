import autocannon from 'autocannon'
import { quantile } from './statistics.js'
import { carryOut } from './worker.js'

/** A request to send over and over. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Where to send a request, and for how long. */
export interface LoadOrder {
  readonly origin: string
  readonly request: LoadRequest
  readonly connections: number
  readonly seconds: number
}

/** What came back. */
export interface Lap {
  readonly requestsPerSecond: number
  /** Median latency in milliseconds. */
  readonly p50: number
  /** 99th percentile of the latency in milliseconds. */
  readonly p99: number
}

function checkResult({ errors, timeouts, non2xx }: autocannon.Result, { origin }: LoadOrder): void {
  if (errors + timeouts + non2xx === 0) return
  throw new Error(
    `${origin}: ${non2xx} answers other than 2xx, ${errors} errors, ${timeouts} timeouts under load`,
  )
}

const toAutocannonOptions = ({
  origin,
  request: { path, method, headers, body },
  connections,
  seconds,
}: LoadOrder): autocannon.Options => ({
  url: origin + path,
  method,
  headers: { ...headers },
  ...(body !== undefined && { body }),
  connections,
  duration: seconds,
  sampleInt: 50,
})

/**
 * Sends requests for a while. Rate and latencies are taken from the responses themselves, because autocannon sums
 * them up in whole samples and whole milliseconds.
 */
async function generateLoad(order: LoadOrder): Promise<Lap> {
  const latencies: number[] = []
  const begin = performance.now()
  let last = begin
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const load = autocannon(toAutocannonOptions(order), (error: Error | null, sum) => {
      if (error === null) resolve(sum)
      else reject(error)
    })
    load.on('response', (...[, , , latency]) => {
      latencies.push(latency)
      last = performance.now()
    })
  })
  checkResult(result, order)
  return {
    requestsPerSecond: (latencies.length / (last - begin)) * 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  }
}

carryOut(generateLoad)
