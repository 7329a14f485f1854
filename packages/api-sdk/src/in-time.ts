/** What has to be done in time. The signal tells when nobody waits for it any more. */
export type TimedWork<Result> = (signal: AbortSignal) => Result | PromiseLike<Result>

/**
 * Waits for some work, but not for longer than some seconds: then it rejects. Nothing is left of it afterwards, unlike of
 * `AbortSignal.timeout`, of which each use takes memory until the time is over, however early the work was done.
 */
export async function inTime<Result>(seconds: number, work: TimedWork<Result>): Promise<Result> {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const late = new Error(`no answer within ${seconds} seconds`)
      controller.abort(late)
      reject(late)
    }, seconds * 1000)
  })
  try {
    return await Promise.race([work(controller.signal), end])
  } finally {
    clearTimeout(timer)
  }
}
