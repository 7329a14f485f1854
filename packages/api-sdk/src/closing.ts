/** Whether an API was closed, and what ends with it. */
export interface Closing {
  readonly isClosed: () => boolean
  /** Has work aborted when the API is closed, until it is told to forget it. Throws when that has happened already. */
  readonly watch: (work: AbortController) => () => void
  readonly close: () => void
}

/**
 * Makes the end of an API. It is no AbortSignal: Node.js warns of more than ten listeners of one, and each fetch under way
 * would be another.
 */
export function createClosing(): Closing {
  const underWay = new Set<AbortController>()
  let closed: Error | undefined
  return {
    isClosed: () => closed !== undefined,
    watch: (work) => {
      if (closed !== undefined) throw closed
      underWay.add(work)
      return () => underWay.delete(work)
    },
    close: () => {
      closed ??= new Error('this API was closed')
      for (const work of underWay) work.abort(closed)
    },
  }
}
