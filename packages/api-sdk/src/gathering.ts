import { scheduler } from 'node:timers/promises'
import { isWorkerd } from './is-workerd.js'
import { createRequestSlot } from './request-slot.js'

/** Waits until all requests that arrived together have been read. The second guard of a request does not wait again. */
export type Gather = (request: object | undefined) => Promise<void> | undefined

/**
 * Makes the step that lets requests wait for each other, so that they are decided one right after the other and not each
 * between the reading of two. That takes half the time: what checks a signature is then still in the caches of the
 * processor, from which the code that reads requests would have driven it out. A request that comes alone does not wait
 * for another one.
 */
export function createGathering(): Gather {
  // There, requests may not wait for each other: one cannot go on in the turn of another.
  if (isWorkerd) return () => undefined
  const waited = createRequestSlot<true>()
  let gathered: (() => void)[] = []
  const release = (): void => {
    const released = gathered
    gathered = []
    for (const goOn of released) goOn()
  }
  return (request) => {
    if (request !== undefined && Object.isExtensible(request)) {
      // In each turn that goes by, the connection may end before anybody has begun to read the body.
      if (waited.has(request)) return undefined
      waited.set(request, true)
    }
    return new Promise((resolve) => {
      // Not `setImmediate`, which tests replace: a request would wait for a timer that stands still.
      if (gathered.push(resolve) === 1) void scheduler.yield().then(release)
    })
  }
}
