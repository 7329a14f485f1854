import { createGathering } from '@bailiwick/protocol'
import { createRequestSlot } from './request-slot.js'

/** Lets a request wait for those that arrived with it, unless it has done so: at its second guard. */
export type GatherOnce = (request: object | undefined) => Promise<void> | undefined

/**
 * Makes the step that lets requests wait for each other once. With each turn that goes by, a connection may end before
 * anybody has begun to read the body.
 */
export function createGatheringOnce(): GatherOnce {
  const gather = createGathering()
  const waited = createRequestSlot<true>()
  return (request) => {
    if (request !== undefined && Object.isExtensible(request)) {
      if (waited.has(request)) return undefined
      waited.set(request, true)
    }
    return gather()
  }
}
