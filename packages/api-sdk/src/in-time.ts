import type { Closing } from './closing.js'

/** What has to be done in time. The signal tells when nobody waits for it any more. */
export type TimedWork<Result> = (signal: AbortSignal) => Result | PromiseLike<Result>

/**
 * Waits for some work, but not for longer than some seconds, nor until after the end of what it is done for: then it
 * rejects. Nothing is left of it afterwards, unlike of `AbortSignal.timeout`, of which each use takes memory until the time
 * is over, however early the work was done.
 */
export async function inTime<Result>(
  seconds: number,
  work: TimedWork<Result>,
  closing?: Pick<Closing, 'watch'>,
): Promise<Result> {
  const controller = new AbortController()
  const { signal } = controller
  const forget = closing?.watch(controller)
  const timer = setTimeout(() => {
    controller.abort(new Error(`no answer within ${seconds} seconds`))
  }, seconds * 1000)
  const end = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
  try {
    return await Promise.race([work(signal), end])
  } finally {
    clearTimeout(timer)
    forget?.()
  }
}
