import { scheduler } from 'node:timers/promises'
import { isWorkerd } from './is-workerd.js'

/** Waits until all requests that arrived together have been read. */
export type Gather = () => Promise<void>

/**
 * Makes the step that lets requests wait for each other, so that they are handled one right after the other and not each
 * between the reading of two. That takes half the time: what makes or checks a signature is then still in the caches of
 * the processor, from which the code that reads requests would have driven it out. A request that comes alone does not
 * wait for another one.
 */
export function createGathering(): Gather {
  // There, requests may not wait for each other: one cannot go on in the turn of another.
  if (isWorkerd) return () => Promise.resolve()
  let gathered: (() => void)[] = []
  const release = (): void => {
    const released = gathered
    gathered = []
    for (const goOn of released) goOn()
  }
  return () =>
    new Promise((resolve) => {
      // Not `setImmediate`, which tests replace: a request would wait for a timer that stands still.
      if (gathered.push(resolve) === 1) void scheduler.yield().then(release)
    })
}
