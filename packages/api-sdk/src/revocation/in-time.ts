/** Waits for some work, but not for longer than some seconds: then it rejects, and what becomes of the work is ignored. */
export async function inTime<Result>(
  work: Result | PromiseLike<Result>,
  seconds: number,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${seconds} seconds`))
    }, seconds * 1000)
  })
  try {
    return await Promise.race([work, end])
  } finally {
    clearTimeout(timer)
  }
}
