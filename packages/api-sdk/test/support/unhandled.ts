/** What was rejected during some work, and handled by nobody: in an application it would end the process. */
export async function unhandledDuring(work: () => Promise<void>): Promise<readonly unknown[]> {
  const unhandled: unknown[] = []
  const listen = (reason: unknown): void => {
    unhandled.push(reason)
  }
  process.on('unhandledRejection', listen)
  try {
    await work()
    // Node.js tells of them when nothing else is left to do in this turn.
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  } finally {
    process.off('unhandledRejection', listen)
  }
  return unhandled
}
