import { setImmediate } from 'node:timers'
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
      if (gathered.push(resolve) === 1) setImmediate(release)
    })
}
